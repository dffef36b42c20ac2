import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Happenings, happenings } from '../../packages/server/test/webhooks/happenings.ts';
import { MANNERS, type Manner, type MannerName } from './hostile-manners.ts';
import { UNTRUSTED } from './untrusted-certificate.ts';

/** A neighbour that misbehaves on every call, in the manner that the path names. */
export type HostileServer = {
  at: (manner: MannerName, protocol?: 'http' | 'https') => string;
  /** The manners it was called for, oldest first: of whole calls alone. */
  calls: Happenings<string>;
  /** Connections so far, and bytes that left for them. */
  connections: () => number;
  sent: () => number;
  close: () => Promise<void>;
};

/** With `tls` it shows a certificate that nobody should trust. */
export async function startHostile(options: { tls?: boolean } = {}): Promise<HostileServer> {
  const calls = happenings<string>();
  const sockets: Socket[] = [];
  const misbehave: RequestListener = async (request) => {
    await text(request);
    const name = (request.url ?? '').slice(1);
    calls.add(name);
    const manner: Manner = MANNERS[name as MannerName];
    manner(request.socket);
  };
  const server: Server = options.tls ? createTlsServer(UNTRUSTED, misbehave) : createServer(misbehave);
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    // Who was called in vain breaks off; that is what is wanted.
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: (manner, protocol = options.tls ? 'https' : 'http') => `${protocol}://127.0.0.1:${port}/${manner}`,
    calls,
    connections: () => sockets.length,
    sent: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
