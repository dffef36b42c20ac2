import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import process from 'node:process';
import { buildConnector } from 'undici';
import { addressFault, type Reach } from './address.ts';
import { OutboundFailure } from './failure.ts';
import { gatedResolve, lookupsAtOnce } from './lookup-gate.ts';

export type ResolvedAddress = { address: string; family: number };
/** Finds the addresses of a host name; rejects when there are none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** Name lookup and handshakes together. */
export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens connections to addresses that may be called, and to no others: the very addresses that were judged are the
 * ones connected to, so that a name cannot change its mind in between (DNS rebinding).
 */
export function guardedConnector(
  reach: Reach,
  resolve: Resolve,
  connectTimeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    // Said here, because NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would switch it off for the whole process.
    rejectUnauthorized: true,
    lookup: guardedLookup(reach, resolve),
  });
  return (options, callback) => {
    // A literal address never passes through lookup.
    const fault = isIP(options.hostname) ? addressFault(options.hostname, reach) : null;
    if (fault) callback(refused(options.hostname, fault), null);
    else connect(options, callback);
  };
}

/**
 * The operating system's resolver, so that /etc/hosts and search domains work as everywhere else. One gate for the
 * process, because its threads are one pool.
 */
export const systemResolve: Resolve = gatedResolve(
  (hostname) => systemLookup(hostname, { all: true }),
  lookupsAtOnce(process.env),
  CONNECT_TIMEOUT_MS,
);

/**
 * One question at a time for each name: a system lookup occupies one of the few threads of the process for as long as
 * a dead name server lets it wait, and many calls to one dead name must not take them all.
 */
export function sharedResolve(resolve: Resolve): Resolve {
  const asked = new Map<string, Promise<ResolvedAddress[]>>();
  return (hostname) => {
    const pending = asked.get(hostname);
    if (pending) return pending;
    const answer = resolve(hostname).finally(() => asked.delete(hostname));
    asked.set(hostname, answer);
    return answer;
  };
}

function guardedLookup(reach: Reach, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => addressFault(address, reach) === null);
        const [first] = allowed;
        if (!first) callback(nowhere(hostname, addresses, reach), []);
        else if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function nowhere(hostname: string, [first]: ResolvedAddress[], reach: Reach): OutboundFailure {
  const fault = first && addressFault(first.address, reach);
  return fault
    ? refused(`${hostname} (${first.address})`, fault)
    : new OutboundFailure('connection', `${hostname} has no address`);
}

function refused(target: string, fault: string): OutboundFailure {
  return new OutboundFailure('refused_address', `${target} is ${fault} and is not called`);
}
