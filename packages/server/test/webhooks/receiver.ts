import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Happenings, happenings } from './happenings.ts';

export type Call = {
  id: string;
  sequence: number;
  requestId: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};
/** `body: 'never'`: the head alone is sent. */
export type Answer = { status: number; headers?: Record<string, string>; body?: 'never' };

/** A service that takes callbacks. `calls` are those that arrived, `answered` those that it has answered. */
export type Receiver = {
  url: string;
  origin: string;
  calls: Happenings<Call>;
  answered: Happenings<Call>;
  close(): Promise<void>;
};

/** Answers 200, or whatever `answer` says, when it says so. */
export async function startReceiver(
  answer: (call: Call) => Answer | Promise<Answer> = () => ({ status: 200 }),
): Promise<Receiver> {
  const calls = happenings<Call>();
  const answered = happenings<Call>();
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const event = JSON.parse(body) as { event_id: string; sequence: number; request_id: string };
    const { event_id: id, sequence, request_id: requestId } = event;
    const call: Call = { id, sequence, requestId, path: request.url ?? '', headers: request.headers, body };
    calls.add(call);
    const { status, headers = {}, body: rest } = await answer(call);
    answered.add(call);
    response.writeHead(status, headers);
    if (rest === 'never') response.flushHeaders();
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/hooks?token=in-the-url`,
    calls,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
