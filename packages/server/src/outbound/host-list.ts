import { isIPv6 } from 'node:net';

/**
 * A host name as a URL would carry it: lower case, punycode, no brackets around IPv6, no trailing dot, and every
 * notation of an IPv4 address as four decimals. Null when it is no host name. Lists and URLs are compared in this form,
 * because `EXAMPLE.org.` and `example.org` reach the same machine.
 */
export function canonicalHost(host: string): string | null {
  const authority = isIPv6(host) ? `[${host}]` : host;
  if (/[\s/?#@\\%*]/.test(authority)) return null;
  const url = URL.parse(`http://${authority}/`);
  if (!url || url.host !== url.hostname || url.hostname === '') return null;
  if (/:\d*$/.test(authority) && !authority.startsWith('[')) return null;
  const bare = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  // Resolvers disagree on names with empty parts, so that `evil.example..` must not slip past a list.
  return bare.split('.').includes('') ? null : bare;
}

/** An entry of `outbound.allow_hosts` or `deny_hosts`: a host name, an address, or `*.` before a domain. */
export function isHostPattern(pattern: string): boolean {
  return canonicalHost(pattern.replace(/^\*\./, '')) !== null;
}

/**
 * Tells whether a canonical host is on a list. `*.example.org` stands for everything below `example.org` and not for
 * `example.org` itself, as in TLS certificates (but at any depth).
 */
export function hostMatcher(patterns: readonly string[]): (host: string) => boolean {
  const exact = new Set<string>();
  const suffixes: string[] = [];
  for (const pattern of patterns) {
    const below = pattern.startsWith('*.');
    const host = canonicalHost(below ? pattern.slice(2) : pattern);
    if (host === null) continue;
    if (below) suffixes.push(`.${host}`);
    else exact.add(host);
  }
  return (host) => exact.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
}
