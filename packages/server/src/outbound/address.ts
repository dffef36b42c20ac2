import ipaddr from 'ipaddr.js';

/** What of this deployment's surroundings may be called beside the public internet. */
export type Reach = { loopback: boolean; private: boolean };

/**
 * Addresses at which clouds hand out credentials or configuration and that no range below covers: Azure's wire server,
 * Alibaba, Oracle, and EC2 and Google over IPv6. 169.254.169.254 is link-local and refused as such.
 */
const METADATA = new Set([
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

/** Prefixes whose last 32 bits are an IPv4 address (mapped, compatible, SIIT, NAT64): that address is judged. */
const LAST_BITS_ARE_IPV4 = ['::ffff:0:0/96', '::/96', '::ffff:0:0:0/96', '64:ff9b::/96'].map(ipv6Range);
const SIX_TO_FOUR = ipv6Range('2002::/16');
/** Where a packet really goes is up to a tunnel or a local translator: Teredo and local-use NAT64 (RFC 8215). */
const OPAQUE = ['2001::/32', '64:ff9b:1::/48'].map(ipv6Range);

/**
 * Why an address is not called, or null when it may be. Takes what a URL or a resolver gives: IPv4 in decimals, or IPv6
 * without brackets. Everything that is not plainly public (shared, documentation, benchmarking and reserved ranges
 * too) counts as private, because some networks use it so.
 */
export function addressFault(address: string, reach: Reach): string | null {
  if (!ipaddr.isValid(address)) return 'not an IP address';
  const parsed = ipaddr.parse(address);
  if (METADATA.has(parsed.toString())) return 'a cloud metadata address';
  if (parsed instanceof ipaddr.IPv6) {
    if (OPAQUE.some((range) => parsed.match(range))) return 'a tunnel address';
    const embedded = embeddedIPv4(parsed);
    if (embedded) return addressFault(embedded, reach);
  }
  const range: string = parsed.range();
  switch (range) {
    case 'unicast':
      return null;
    case 'unspecified':
      return 'an unspecified address';
    case 'multicast':
      return 'a multicast address';
    case 'broadcast':
      return 'a broadcast address';
    case 'linkLocal':
      return 'a link-local address';
    case 'loopback':
      return reach.loopback ? null : 'a loopback address';
    default:
      return reach.private ? null : 'a private address (outbound.deny_private)';
  }
}

function embeddedIPv4(address: ipaddr.IPv6): string | null {
  const bytes = address.toByteArray();
  if (address.match(SIX_TO_FOUR)) return bytes.slice(2, 6).join('.');
  const isOwn = ['loopback', 'unspecified'].includes(address.range());
  if (isOwn || !LAST_BITS_ARE_IPV4.some((range) => address.match(range))) return null;
  return bytes.slice(12).join('.');
}

function ipv6Range(cidr: string): [ipaddr.IPv6, number] {
  return ipaddr.IPv6.parseCIDR(cidr);
}
