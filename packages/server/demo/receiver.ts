import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a receiver keeps of one webhook: enough to act on it once, and to know that it is genuine. */
export type Received = {
  event_id: string;
  event_type: string;
  request_id: string;
  artifact_id: string;
  status: string;
  sequence: number;
  data: Record<string, unknown>;
  genuine: boolean;
  /** As it came, for whoever checks signatures with other secrets. */
  raw: { headers: IncomingHttpHeaders; body: string };
};

export type Receiver = {
  url: string;
  /** Resolves with the first webhook that fits, be it here already or still to come. */
  expect: (fits: (webhook: Received) => boolean) => Promise<Received>;
  close: () => void;
};

/** The owner of the artifacts: takes webhooks, checks both signatures, and tells `onReceived` of each. */
export async function startReceiver(
  secret: string,
  onReceived: (webhook: Received) => void,
): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { fits: (webhook: Received) => boolean; resolve: (webhook: Received) => void }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    response.writeHead(204).end();
    const webhook: Received = {
      ...JSON.parse(body),
      genuine: isGenuine(request, body, secret),
      raw: { headers: request.headers, body },
    };
    received.push(webhook);
    onReceived(webhook);
    for (const each of waiting) if (each.fits(webhook)) each.resolve(webhook);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/approval-callbacks`,
    expect: (fits) => {
      const here = received.find(fits);
      if (here) return Promise.resolve(here);
      return new Promise((resolve) => waiting.push({ fits, resolve }));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Both signature schemes, over the raw body. A receiver in the field also refuses old timestamps; here time is played. */
function isGenuine({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const hmac = (key: string | Buffer, signed: string) => createHmac('sha256', key).update(signed);
  const approval = hmac(secret, `${headers['x-approval-timestamp']}.${body}`).digest('hex');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const standard = hmac(key, signed).digest('base64');
  return (
    same(String(headers['x-approval-signature']), `sha256=${approval}`) &&
    String(headers['webhook-signature'])
      .split(' ')
      .some((each) => same(each, `v1,${standard}`))
  );
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
