import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Receiver of webhooks and resolver of people in one, each path with a manner of its own. */
export type Neighbour = { url: string; close: () => void };

const MANNERS: Readonly<Record<string, { status: number; body: string }>> = {
  '/ok': { status: 204, body: '' },
  '/gone': { status: 410, body: '' },
  '/people': { status: 200, body: '{"user_ids":["ann","bob"]}' },
  '/nobody': { status: 200, body: '{"user_ids":[]}' },
  '/nonsense': { status: 200, body: '{"user_ids":"ann"}' },
};

/** `/ok` and `/gone` take or refuse webhooks, `/people`, `/nobody` and `/nonsense` name people, anything else fails. */
export async function startNeighbour(): Promise<Neighbour> {
  const server = createServer((request, response) => {
    const { status, body } = MANNERS[request.url ?? ''] ?? { status: 500, body: '{}' };
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
