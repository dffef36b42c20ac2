import { createHash } from 'node:crypto';

/** An entry of a b-tree takes 2.7 kB; a name of ASCII characters far below that leaves room for what is indexed beside it. */
const MAX_LENGTH = 512;
const READABLE = 440;
const CUT = /#[\w-]{43}$/;
const HASH_LENGTH = 44;

/**
 * What deliveries are told apart by when some must not wait for others: the callback without query and fragment, because
 * one path of a host may be slow or dead while its neighbours are not. A long one is cut, and a hash keeps it distinct.
 */
export function receiverOf(callbackUrl: string): string {
  const { origin, pathname } = new URL(callbackUrl);
  const name = origin + pathname;
  if (name.length <= MAX_LENGTH) return name;
  return `${name.slice(0, READABLE)}#${createHash('sha256').update(name).digest('base64url')}`;
}

/** Whether a callback can have this receiver. What was cut has its hash where others have no fragment. */
export function isReceiver(name: string): boolean {
  const callback = name.replace(CUT, '');
  if (!URL.canParse(callback) || !/^https?:/.test(callback)) return false;
  return callback === name ? receiverOf(name) === name : name.length === READABLE + HASH_LENGTH;
}

/** Scheme, host and port of a receiver. Never a receiver itself: those have at least the path `/`. */
export function originOf(receiver: string): string {
  return /^[^/]*\/\/[^/]*/.exec(receiver)?.[0] ?? receiver;
}
