import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What of this deployment's surroundings may be called beside the public internet. */
export type Reach = {
  loopback: boolean;
  private: boolean;
  /** Tells whether the operator forbids an address by name; asked in the form that a URL would carry it. */
  denied?: (address: string) => boolean;
};

/**
 * Addresses at which clouds hand out credentials or configuration and that no range below covers: Azure's wire server,
 * Alibaba, Oracle, Amazon's instance services over IPv6 (metadata, EKS pod identity), Scaleway's and Google's over IPv6.
 * 169.254.169.254 is link-local and refused as such.
 */
const METADATA = [
  '168.63.129.16/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::/32',
  'fd00:42::42/128',
  'fd20:ce::254/128',
].map((cidr) => ipaddr.parseCIDR(cidr));

/** Prefixes whose last 32 bits are an IPv4 address (mapped, compatible, SIIT, NAT64): that address is judged. */
const LAST_BITS_ARE_IPV4 = ['::ffff:0:0/96', '::/96', '::ffff:0:0:0/96', '64:ff9b::/96'].map(ipv6Range);
const SIX_TO_FOUR = ipv6Range('2002::/16');
/** Where a packet really goes is up to a tunnel or a local translator: Teredo and local-use NAT64 (RFC 8215). */
const OPAQUE = ['2001::/32', '64:ff9b:1::/48'].map(ipv6Range);
/** All of IPv6 that IANA has given out for the internet; what lies beside it is somebody's own arrangement. */
const INTERNET = ipv6Range('2000::/3');

/**
 * Why an address is not called, or null when it may be. Takes what a URL or a resolver gives: IPv4 in decimals, or IPv6
 * without brackets. Everything that is not plainly public (shared, documentation, benchmarking and reserved ranges
 * too) counts as private, because some networks use it so.
 */
export function addressFault(address: string, reach: Reach): string | null {
  // Stricter than the parser, which also reads `0x7f.1` and leading zeros as some system calls do, and others do not.
  if (isIP(address) === 0) return 'not an IP address';
  const parsed = ipaddr.parse(address);
  if (ipaddr.subnetMatch(parsed, { metadata: METADATA }, 'other') === 'metadata')
    return 'a cloud metadata address';
  if (reach.denied?.(parsed.toString())) return 'on outbound.deny_hosts';
  if (parsed instanceof ipaddr.IPv6) {
    if (OPAQUE.some((range) => parsed.match(range))) return 'a tunnel address';
    const embedded = embeddedIPv4(parsed);
    if (embedded) return addressFault(embedded, reach);
  }
  const range: string = parsed.range();
  switch (range) {
    case 'unicast':
      return reach.private || isInternet(parsed) ? null : PRIVATE;
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
      return reach.private ? null : PRIVATE;
  }
}

const PRIVATE = 'a private address (outbound.deny_private)';

function isInternet(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address instanceof ipaddr.IPv4 || address.match(INTERNET);
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
