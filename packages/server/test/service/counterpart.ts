import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How the counterpart answers from now on; while it is `silent` its callers wait. */
export type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | 'silent';

/** Somebody else's server, which answers as the story wants: a resolver of people, or a receiver that is down. */
export type Counterpart = {
  url: string;
  /** The parsed bodies of the calls it got, oldest first. */
  calls: { path: string; body: Record<string, unknown> }[];
  /** Callers who still wait get this answer too. */
  answers: (reply: Reply) => void;
  /** Resolves once it has been called `count` times in all. */
  called: (count: number) => Promise<void>;
  close: () => void;
};

export async function startCounterpart(first: Reply): Promise<Counterpart> {
  let reply = first;
  const calls: Counterpart['calls'] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const held: ServerResponse[] = [];
  const answer = (response: ServerResponse) => {
    if (reply === 'silent') held.push(response);
    else {
      const { status = 200, headers = {}, body = {} } = reply;
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    }
  };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    calls.push({ path: request.url ?? '', body });
    for (const each of waiting) if (calls.length >= each.count) each.resolve();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    answers: (next) => {
      reply = next;
      for (const response of held.splice(0)) answer(response);
    },
    called: (count) =>
      new Promise((resolve) => {
        if (calls.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
