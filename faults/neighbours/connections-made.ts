import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The addresses that this process tries to connect to from now on, whoever in it does. */
export function watchConnections(): { addresses: ReadonlySet<string>; stop: () => void } {
  const addresses = new Set<string>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on('connectionAttempt', (address: string) => addresses.add(address));
  };
  subscribe('net.client.socket', onSocket);
  return { addresses, stop: () => void unsubscribe('net.client.socket', onSocket) };
}
