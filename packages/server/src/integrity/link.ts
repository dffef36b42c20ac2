import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One link of a chain: a SHA-256 in lower-case hex. */
export type Link = string;

/**
 * The link after `previous`: SHA-256 of the previous link in hex, a line feed, and the canonical JSON (RFC 8785) of
 * `content`. Without a previous one, of the canonical JSON alone.
 */
export function linkOf(content: unknown, previous: Link | null): Link {
  const text = canonicalize(content) ?? '';
  return hash('sha256', previous === null ? text : `${previous}\n${text}`, 'hex');
}
