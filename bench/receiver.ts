import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where callbacks go. `url` is a `callback_url`; each receiver has a port, and so a lane in the service, of its own. */
export type Receiver = { url: string; origin: string; close: () => void };

/** Answers 204 at once, and tells `onWebhook` of each body and when it had arrived (milliseconds since 1970). */
export function startReceiver(
  onWebhook: (body: string, arrivedAt: number) => void = () => {},
): Promise<Receiver> {
  return listen((request, answer) => {
    const arrivedAt = performance.timeOrigin + performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer();
      onWebhook(Buffer.concat(chunks).toString('utf8'), arrivedAt);
    });
  });
}

/** Accepts connections and calls, and never answers. */
export function startDeadReceiver(): Promise<Receiver> {
  return listen((request) => request.resume());
}

async function listen(
  onCall: (request: import('node:http').IncomingMessage, answer: () => void) => void,
): Promise<Receiver> {
  const server = createServer((request, response) => onCall(request, () => response.writeHead(204).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/hook`,
    origin,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
