import { describe, expect, it } from 'vitest';
import { addressFault } from '../../src/outbound/address.ts';
import { canonicalHost, hostMatcher, isHostPattern } from '../../src/outbound/host-list.ts';

const open = { loopback: true, private: true };
const closed = { loopback: false, private: false };

describe('which addresses are called', () => {
  it.each([
    ['0.0.0.0', 'an unspecified address'],
    ['0.1.2.3', 'an unspecified address'],
    ['169.254.169.254', 'a link-local address'],
    ['169.254.0.1', 'a link-local address'],
    ['224.0.0.1', 'a multicast address'],
    ['239.255.255.255', 'a multicast address'],
    ['255.255.255.255', 'a broadcast address'],
    ['168.63.129.16', 'a cloud metadata address'],
    ['100.100.100.200', 'a cloud metadata address'],
    ['::', 'an unspecified address'],
    ['fe80::1', 'a link-local address'],
    ['fe80::1%eth0', 'a link-local address'],
    ['ff02::1', 'a multicast address'],
    ['fd00:ec2::254', 'a cloud metadata address'],
    ['fd00:ec2::23', 'a cloud metadata address'],
    ['fd00:42::42', 'a cloud metadata address'],
    ['fd20:ce::254', 'a cloud metadata address'],
    ['192.0.0.192', 'a cloud metadata address'],
    ['fd00:0ec2:0:0:0:0:0:0254', 'a cloud metadata address'],
    ['::ffff:169.254.169.254', 'a link-local address'],
    ['::ffff:a9fe:a9fe', 'a link-local address'],
    ['::169.254.169.254', 'a link-local address'],
    ['::ffff:0:169.254.169.254', 'a link-local address'],
    ['64:ff9b::169.254.169.254', 'a link-local address'],
    ['64:ff9b::a83f:8110', 'a cloud metadata address'],
    ['64:ff9b:1::a9fe:a9fe', 'a tunnel address'],
    ['2002:a9fe:a9fe::1', 'a link-local address'],
    ['2001:0:a9fe:a9fe::1', 'a tunnel address'],
    ['::ffff:0.0.0.0', 'an unspecified address'],
    ['receiver', 'not an IP address'],
    ['0x7f.1', 'not an IP address'],
    ['010.0.0.1', 'not an IP address'],
    ['2130706433', 'not an IP address'],
    ['', 'not an IP address'],
  ])('%s never', (address, fault) => {
    expect(addressFault(address, open)).toBe(fault);
  });

  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '::1',
    '::1%lo',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('%s only when loopback is allowed', (address) => {
    expect(addressFault(address, open)).toBeNull();
    expect(addressFault(address, closed)).toBe('a loopback address');
    expect(addressFault(address, { loopback: false, private: true })).toBe('a loopback address');
  });

  it.each([
    '10.0.0.1',
    '172.16.9.9',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    '240.0.0.1',
    'fd12::1',
    'fec0::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:c0a8:101::',
    '2001:db8::1',
    '192.88.99.1',
    '4000::1',
    '200::1',
  ])('%s unless private ranges are denied', (address) => {
    expect(addressFault(address, { loopback: false, private: true })).toBeNull();
    expect(addressFault(address, closed)).toBe('a private address (outbound.deny_private)');
  });

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('%s always', (address) => {
    expect(addressFault(address, closed)).toBeNull();
  });
});

it('an address that the operator denies, in whatever form', () => {
  const denied = hostMatcher(['10.0.0.5', '2001:db8:0::5']);
  const fault = (address: string) => addressFault(address, { ...open, denied });
  for (const address of ['10.0.0.5', '::ffff:10.0.0.5', '64:ff9b::a00:5', '2002:a00:5::', '2001:DB8::5']) {
    expect([address, fault(address)]).toEqual([address, 'on outbound.deny_hosts']);
  }
  expect(fault('10.0.0.6')).toBeNull();
});

describe('host lists', () => {
  it('compares hosts in one form', () => {
    expect(canonicalHost('Hooks.EXAMPLE.org.')).toBe('hooks.example.org');
    expect(canonicalHost('bücher.example')).toBe('xn--bcher-kva.example');
    expect(canonicalHost('0x7f.1')).toBe('127.0.0.1');
    expect(canonicalHost('2130706433')).toBe('127.0.0.1');
    expect(canonicalHost('::FFFF:1.2.3.4')).toBe('::ffff:102:304');
    expect(canonicalHost('[::1]')).toBe('::1');
  });

  it.each([
    '',
    ' ',
    '.',
    'a b',
    'host:80',
    'host:443',
    'http://host',
    'host/path',
    'u@host',
    'a*b',
    'x.*.y',
    '**',
    '*',
    'a..b',
    'host..',
    '.host',
  ])('takes "%s" for no pattern', (pattern) => {
    expect(isHostPattern(pattern)).toBe(false);
  });

  it('matches exactly, or everything below a domain', () => {
    const matches = hostMatcher(['api.example.org', '*.Example.net', '10.0.0.1', '::1']);
    for (const host of ['api.example.org', 'a.example.net', 'a.b.example.net', '10.0.0.1', '::1']) {
      expect(matches(host)).toBe(true);
    }
    for (const host of ['example.org', 'x.api.example.org', 'example.net', 'badexample.net', '10.0.0.2']) {
      expect(matches(host)).toBe(false);
    }
  });
});
