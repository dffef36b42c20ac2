import fc, { type Arbitrary } from 'fast-check';
import type { Body, Shape } from './call.ts';
import { spliced } from './spoilt.ts';

const deep = (depth: number, open = '[', close = ']') => `${open.repeat(depth)}${close.repeat(depth)}`;
const text = (value: string) => JSON.stringify(value);

/** What stands in the place of a member: JSON that means harm, or something that only looks like JSON. */
const LITERALS = [
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00x"`,
  String.raw`{"\u0000":1}`,
  String.raw`{"\ud800":1}`,
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2,"a":"three"}',
  '1e400',
  '-1e400',
  '1e-400',
  '-0',
  '0.1e1',
  '9007199254740993',
  '123456789012345678901234567890',
  '1E308',
  'NaN',
  'Infinity',
  '01',
  '.5',
  '+1',
  '0x10',
  'undefined',
  "'single'",
  '"\t"',
  '"\\x41"',
  '"unfinished',
  '[1,]',
  '{"a":1,}',
  '/* comment */ 1',
  '"\u2028\u2029\ufeff"',
  text('é'.normalize('NFD')),
  text('\u202egnp.exe'),
  text("'; drop table approval_request; --"),
  text('{{7*7}}$(7*7)<script>alert(1)</script>'),
  text('x'.repeat(256)),
  text('x'.repeat(3_000)),
  text('😀'.repeat(600)),
  text('https://user:secret@127.0.0.1/x'),
  text('http://169.254.169.254/latest/meta-data'),
  text('file:///etc/passwd'),
  text('0001-01-01T00:00:00Z'),
  text('9999-12-31T23:59:59Z'),
  text('2026-06-30T23:59:60Z'),
  deep(33),
  deep(65),
  deep(5_000),
  deep(100, '{"a":', '').replace(/$/, `1${'}'.repeat(100)}`),
];

/** What stands in the place of a whole body. */
const WHOLES = [
  '',
  ' ',
  '{',
  '[]',
  'null',
  'true',
  '0',
  '"text"',
  '{}',
  '{} {}',
  '\ufeff{}',
  '{"a":1',
  '{"\\u00',
  '__proto__',
  '{"__proto__":null}',
  deep(10_000),
  deep(10_000).slice(0, 9_000),
  'a=1&b=2',
  '<?xml version="1.0"?><a/>',
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
];

const BYTES = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00]),
  Buffer.from([0x00]),
  Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
].map((bytes): Body => ({ kind: 'bytes', base64: bytes.toString('base64') }));

/** A body that means harm, made of a good one. */
export function hostileBody(values: Arbitrary<unknown>): Arbitrary<Body> {
  const splice = fc
    .tuple(values, fc.nat({ max: 200 }), fc.constantFrom(...LITERALS))
    .map(([value, at, literal]): Body => ({ kind: 'json', text: spliced(value, at, literal) }));
  return fc.oneof(
    { arbitrary: splice, weight: 12 },
    {
      arbitrary: fc.constantFrom(...WHOLES).map((whole): Body => ({ kind: 'json', text: whole })),
      weight: 4,
    },
    { arbitrary: fc.constantFrom(...BYTES), weight: 2 },
    {
      arbitrary: fc.constantFrom(262_140, 262_145, 400_000).map((bytes): Body => ({ kind: 'filler', bytes })),
      weight: 1,
    },
    { arbitrary: fc.constant<Body>({ kind: 'none' }), weight: 1 },
  );
}

/** One step of a path, percent-encoded, that was never anybody's id. */
export const HOSTILE_STEPS = [
  '%00',
  'a%00b',
  '%2F',
  '..%2F..%2Fetc%2Fpasswd',
  '%2e%2e',
  '..',
  '.',
  '%20',
  '%F0%9F%98%80',
  '%ED%A0%80',
  "'%20or%201=1--",
  '%7B%7B7*7%7D%7D',
  '$%7Bjndi:ldap:x%7D',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '1e3',
  '99999999999999999999',
  'x'.repeat(7_000),
  ';a=1',
  '*',
  '%25%30%30',
] as const;

/** Queries of which some mean harm, and some are nothing that anybody reads. */
export const HOSTILE_QUERIES: readonly string[] = [
  '__proto__=1',
  'constructor=1',
  'unknown=1',
  '=',
  '&&',
  'limit=0',
  'limit=501',
  'limit=-1',
  'limit=ten',
  'limit=1.5',
  'limit=1e2',
  'limit=%20%2B7%20',
  'limit=99999999999999999999',
  'limit=',
  'limit[]=1',
  'limit=1&limit=2',
  'status=%00',
  'status=%FF',
  'status=%',
  'status=,,,',
  `status=${'open,'.repeat(1_500)}`,
  'cursor=x',
  'cursor=%00',
  'cursor=eyJhIjoxfQ',
  `cursor=${'A'.repeat(5_000)}`,
  'assignee=%00',
  'assignee=%F0%9F%98%80',
  'request_id=%00',
  `artifact_id=${'x'.repeat(6_000)}`,
  'user_id=%00',
  "user_id='%20or%201=1--",
];

/** Headers that nobody has to understand. */
export const HOSTILE_HEADERS: readonly (readonly [string, string])[] = [
  ['X-Request-Id', 'x'.repeat(5_000)],
  ['X-Request-Id', '{"level":60}'],
  ['X-Request-Id', 'mine-1'],
  ['X-Forwarded-For', "1.2.3.4, ' or 1=1"],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Accept', 'text/html;q=0.1'],
  ['Accept', ''],
  ['Accept-Encoding', 'gzip, br'],
  ['Range', 'bytes=5-1'],
  ['If-None-Match', '*'],
  ['If-Modified-Since', 'never'],
  ['Origin', 'null'],
  ['Cookie', 'a=b'.repeat(1_000)],
  ['Expect', '100-continue'],
  ['Expect', 'a-miracle'],
  ['Upgrade', 'h2c'],
  ['__proto__', '1'],
  ['X-Big', 'x'.repeat(7_000)],
  ['Connection', 'close'],
];

/** Media types, whether the contract takes them, and whether the body is said to be packed. */
export const HOSTILE_TYPES: readonly (readonly [[string, string][], Shape])[] = [
  [[['Content-Type', 'application/json; charset=utf-8']], 'right'],
  [[['Content-Type', 'application/merge-patch+json']], 'right'],
  [[['Content-Type', 'APPLICATION/JSON']], 'right'],
  [[], 'right'],
  [[['Content-Type', 'application/json; charset=utf-16']], 'unknown'],
  [[['Content-Type', 'application/json;;;']], 'unknown'],
  [[['Content-Type', 'application/json, text/plain']], 'unknown'],
  [[['Content-Type', '']], 'unknown'],
  [[['Content-Type', 'text/plain']], 'wrong'],
  [[['Content-Type', 'application/x-www-form-urlencoded']], 'wrong'],
  [[['Content-Type', 'multipart/form-data; boundary=x']], 'wrong'],
  [[['Content-Type', 'application/jsonx']], 'wrong'],
  [[['Content-Type', 'json']], 'wrong'],
  [[['Content-Type', '*/*']], 'wrong'],
  [
    [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ],
    'wrong',
  ],
  [
    [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'identity'],
    ],
    'right',
  ],
];
