import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Resolve } from '../../src/outbound/connect.ts';
import { OutboundFailure } from '../../src/outbound/failure.ts';
import { createOutbound, type OutboundCall, type OutboundSettings } from '../../src/outbound/outbound.ts';

export const settings: OutboundSettings = {
  deny_private: false,
  allow_hosts: [],
  deny_hosts: [],
  max_response_bytes: 65_536,
};
export const closing: (() => unknown)[] = [];

export function outbound(
  options: { settings?: Partial<OutboundSettings>; allowLoopback?: boolean; resolve?: Resolve } = {},
) {
  const { allowLoopback = true, resolve } = options;
  const made = createOutbound(
    { ...settings, ...options.settings },
    { allowLoopback, ...(resolve ? { resolve } : {}) },
  );
  closing.push(() => made.close());
  return made;
}

export async function receiver(
  answer: RequestListener,
): Promise<{ url: string; port: number; connections: Socket[] }> {
  const server = createServer(answer);
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook?token=hunter2`, port, connections };
}

export const call = (url: string, more: Partial<OutboundCall> = {}): OutboundCall => ({
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  timeoutMs: 5_000,
  ...more,
});

export async function failure(promise: Promise<unknown>): Promise<OutboundFailure> {
  const error = await promise.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof OutboundFailure) return error;
  throw error;
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
