import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call that went through: what was said, and what was answered. */
export type Exchange = { call: string; said: string; status: number; answer: string };

type Fits = (exchange: Exchange) => boolean;

/** Stands between two services under an address that stays, so that answers get lost when the story wants it. */
export type Gate = {
  url: string;
  /** Where it leads from now on; with null every connection is cut. */
  leadsTo: (url: string | null) => void;
  /** From now on calls that fit are carried out, and whoever called is not told. Resolves after the first one. */
  loses: (fits: Fits) => Promise<void>;
  /** Cuts the connections of those who were not told; others are told again. */
  cut: () => void;
  /** Resolves with the first `count` answered calls that fit, be they over already or still to come. */
  passed: (fits: Fits, count: number) => Promise<Exchange[]>;
  close: () => void;
};

export async function openGate(): Promise<Gate> {
  let target: string | null = null;
  const exchanges: Exchange[] = [];
  const held: ServerResponse[] = [];
  let waiting: (() => void)[] = [];
  let losing: { fits: Fits; lost: () => void } | null = null;

  const server = createServer(async (request, response) => {
    const said = await text(request);
    const answered = target === null ? null : await forward(target, request, said).catch(() => null);
    if (answered === null) {
      response.destroy();
      return;
    }
    const { status, headers, answer } = answered;
    const exchange = { call: `${request.method} ${request.url}`, said, status, answer };
    if (losing?.fits(exchange)) {
      held.push(response);
      losing.lost();
      return;
    }
    response.writeHead(status, headers).end(answer);
    exchanges.push(exchange);
    for (const wake of waiting.splice(0)) wake();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadsTo: (url) => {
      target = url;
    },
    loses: (fits) =>
      new Promise((lost) => {
        losing = { fits, lost };
      }),
    cut: () => {
      losing = null;
      for (const response of held.splice(0)) response.destroy();
    },
    passed: async (fits, count) => {
      for (;;) {
        const found = exchanges.filter(fits);
        if (found.length >= count) return found.slice(0, count);
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    close: () => {
      waiting = [];
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Headers that are about one connection, and not about what is said over it. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'host',
  'content-length',
  'transfer-encoding',
  'keep-alive',
]);

async function forward(
  target: string,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  said: string,
) {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  const response = await fetch(new URL(url, target), {
    method,
    headers: kept.map(([name, value]) => [name, String(value)]),
    ...(said !== '' && { body: said }),
  });
  const answer = await response.text();
  const answered = [...response.headers].filter(([name]) => !OF_THE_CONNECTION.has(name));
  return { status: response.status, headers: Object.fromEntries(answered), answer };
}
