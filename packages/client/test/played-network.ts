import { type Client, type ClientOptions, createClient } from '@awe/client';

/** What answers an attempt: an answer, the failure of the connection, or nobody. */
export type Reply = Response | Error | 'silence';

/** A client whose service is a script, and whose time passes by itself: no attempt and no pause takes any. */
export type PlayedNetwork = {
  awe: Client;
  /** What was sent, in order. */
  sent: Request[];
  /** How long the client waited between attempts, in milliseconds. */
  pauses: number[];
};

/** Every attempt is given up after this time; it differs from every pause of these tests. */
const TIMEOUT_MS = 12_345;

/** A network that answers with `replies`, one after the other, and again with the last one. */
export function playNetwork(replies: readonly Reply[], options: Partial<ClientOptions> = {}): PlayedNetwork {
  const sent: Request[] = [];
  const pauses: number[] = [];
  let now = Date.parse('2026-04-23T10:00:00.000Z');
  let giveUp = () => {};
  const awe = createClient({
    baseUrl: 'http://awe.test',
    token: 'a-token',
    timeoutMs: TIMEOUT_MS,
    random: () => 0.5,
    fetch: async (request) => {
      sent.push(request);
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      if (reply instanceof Error) throw reply;
      if (reply instanceof Response) return reply.clone();
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
        giveUp();
      });
    },
    clock: {
      now: () => now,
      after: (ms, work) => {
        if (ms === TIMEOUT_MS) giveUp = work;
        else {
          pauses.push(ms);
          now += ms;
          queueMicrotask(work);
        }
        return () => {};
      },
    },
    ...options,
  });
  return { awe, sent, pauses };
}

/** An answer of the service that refuses a call. */
export function refusal(status: number, errorCode: string, headers: Record<string, string> = {}): Response {
  const body = {
    id: 'openg2p.awe',
    response: null,
    errors: [{ errorCode, message: `Refused by ${errorCode}.` }],
  };
  return json(status, body, headers);
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** How Node's `fetch` fails when the connection cannot be used. */
export function connectionFailure(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}
