import { Agent, type Dispatcher } from 'undici';

/** What a load came to: how many in how long, and how long each took, in milliseconds. */
export type Measured = { count: number; seconds: number; perSecond: number; p50: number; p95: number; p99: number };

/**
 * `callers` loops that each wait for their answer before they ask again, for `seconds`. What ended after the time is not
 * counted. `work` is told the number of its caller and of its turn.
 */
export async function closedLoop(
  callers: number,
  seconds: number,
  work: (caller: number, turn: number) => Promise<void>,
): Promise<Measured> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        const began = performance.now();
        await work(caller, turn);
        const now = performance.now();
        if (now <= end) times.push(now - began);
      }
    }),
  );
  return summary(times, seconds);
}

export function summary(times: number[], seconds: number): Measured {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    count: times.length,
    seconds,
    perSecond: times.length / seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** An HTTP client that keeps one connection a caller, as a connection pool in a caller service does. */
export type Client = {
  call: <T>(token: string, method: Dispatcher.HttpMethod, path: string, body?: object) => Promise<T>;
  close: () => Promise<void>;
};

export function createClient(url: string, connections: number): Client {
  const agent = new Agent({ connections, pipelining: 1, keepAliveTimeout: 60_000 });
  return {
    call: async (token, method, path, body) => {
      const answer = await agent.request({
        origin: url,
        path: `/v1/awe${path}`,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
      return JSON.parse(text);
    },
    close: () => agent.close(),
  };
}
