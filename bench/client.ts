import { Agent, type Dispatcher } from 'undici';

/** An HTTP client that keeps one connection a caller, as a connection pool in a caller service does. */
export type Client = {
  call: <T>(token: string, method: Dispatcher.HttpMethod, path: string, body?: object) => Promise<T>;
  close: () => Promise<void>;
};

/** @throws Error (from `call`) on any answer but a success, with what the service said */
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
