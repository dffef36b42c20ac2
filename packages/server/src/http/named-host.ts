import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { CallFault } from './call-fault.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * HTTP/1.1 asks every call to name a host. Under development identity it must be this machine: a page from anywhere
 * whose name is made to lead here (DNS rebinding) would otherwise speak to the service from a developer's browser, where
 * any token is believed.
 * @throws CallFault `wrong_host`
 */
export function requireHost({ raw }: Pick<FastifyRequest, 'raw'>, localHostOnly: boolean): void {
  const { host } = raw.headers;
  if (host === undefined || host === '') {
    if (raw.httpVersion === '1.0') return;
    throw new CallFault('wrong_host', 'The call has no Host header, which HTTP/1.1 asks for. Send it.');
  }
  if (localHostOnly && !isLocal(host)) {
    throw new CallFault(
      'wrong_host',
      'Development identity answers calls to localhost only, and the Host header names another host. Call it as localhost or 127.0.0.1; or set keycloak.issuer; or AWE__AUTH__ALLOW_INSECURE=true if this network is yours alone.',
    );
  }
}

function isLocal(host: string): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  const version = isIP(name);
  if (version === 0) return name === 'localhost' || name.endsWith('.localhost');
  return LOOPBACK.check(name, version === 4 ? 'ipv4' : 'ipv6');
}
