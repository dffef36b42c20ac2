import fc, { type Arbitrary } from 'fast-check';
import type { RawCall } from './call.ts';

const CLOSE = 'Host: 127.0.0.1\r\nConnection: close\r\n';
/** For an answer to come, where the server does not wait for more itself. */
const PATIENCE_MS = 300;
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** Whole calls as bytes, which no honest client sends. `{{token}}` is an administrator's Authorization header. */
const LINES = [
  'hello\r\n\r\n',
  '\r\n\r\n\r\n',
  '\0\0\0\0',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET /v1/awe/health\r\n\r\n',
  'GET /v1/awe/health HTTP/1.0\r\n\r\n',
  'GET /v1/awe/health HTTP/9.9\r\n\r\n',
  'GET /v1/awe/health HTTP/1.1\r\nConnection: close\r\n\r\n',
  'GET /v1/awe/health HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n',
  `GET  /v1/awe/health HTTP/1.1\r\n${CLOSE}\r\n`,
  `get /v1/awe/health HTTP/1.1\r\n${CLOSE}\r\n`,
  `BREW /v1/awe/health HTTP/1.1\r\n${CLOSE}\r\n`,
  `CONNECT awe:443 HTTP/1.1\r\n${CLOSE}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`,
  `GET http://127.0.0.1/v1/awe/health HTTP/1.1\r\n${CLOSE}\r\n`,
  `GET v1/awe/health HTTP/1.1\r\n${CLOSE}\r\n`,
  `GET /v1/awe/he\talth HTTP/1.1\r\n${CLOSE}\r\n`,
  `GET /v1/awe/requests/\xff\xfe HTTP/1.1\r\n${CLOSE}{{token}}\r\n`,
  `GET /v1/awe/requests?status=\xff HTTP/1.1\r\n${CLOSE}{{token}}\r\n`,
  `GET /v1/awe/${'x'.repeat(20_000)} HTTP/1.1\r\n${CLOSE}\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}X: ${'x'.repeat(20_000)}\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}${'X-A: b\r\n'.repeat(1_500)}\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}X: a\0b\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}X: a\r\n folded\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}: nameless\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}X y: z\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}Host: another\r\n\r\n`,
  `GET /v1/awe/tasks HTTP/1.1\r\n${CLOSE}{{token}}{{token}}\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\n${CLOSE}Expect: a-miracle\r\n\r\n`,
  `GET /v1/awe/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /v1/awe/tasks HTTP/1.1\r\n${CLOSE}\r\n`,
];

/** Heads and bodies of a POST that disagree about the length, or chunks that are none. */
const BODIES = [
  'Content-Length: 2\r\n\r\n{}',
  'Content-Length: 1\r\n\r\n{}',
  'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  'Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}',
  'Content-Length: -2\r\n\r\n{}',
  'Content-Length: 0x2\r\n\r\n{}',
  'Content-Length: 99999999999999999999999\r\n\r\n{}',
  'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: a\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n',
  `Transfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  'Transfer-Encoding: chunked\r\n\r\n2\r\n{}}}}\r\n0\r\n\r\n',
  'Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: chunked, gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  'Transfer-Encoding: nonsense\r\n\r\n{}',
  'Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
];
/** These wait for more; the client goes away. */
const UNFINISHED = [
  'Content-Length: 100\r\n\r\n{',
  'Content-Length: 100\r\n\r\n',
  'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n',
  'Transfer-Encoding: chunked\r\n\r\n5\r\n{}',
  'Content-Le',
];

const PATHS = [
  '/v1/awe/requests',
  '/v1/awe/policies',
  '/v1/awe/tasks/x/claim',
  '/v1/awe/tasks/x/decision',
  '/nowhere',
];

function posts(bodies: readonly string[], patienceMs: number): Arbitrary<RawCall> {
  return fc
    .record({
      path: fc.constantFrom(...PATHS),
      token: fc.constantFrom('{{token}}', '{{token}}', ''),
      type: fc.constantFrom(JSON_TYPE, ''),
      body: fc.constantFrom(...bodies),
    })
    .map(({ path, token, type, body }) => ({
      bytes: `POST ${path} HTTP/1.1\r\n${CLOSE}${token}${type}${body}`,
      patienceMs,
    }));
}

/** Bytes for a socket. */
export const anyRawCall: Arbitrary<RawCall> = fc.oneof(
  { arbitrary: fc.constantFrom(...LINES).map((bytes) => ({ bytes, patienceMs: PATIENCE_MS })), weight: 4 },
  { arbitrary: posts(BODIES, PATIENCE_MS), weight: 3 },
  { arbitrary: posts(UNFINISHED, 0), weight: 1 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom(...LINES),
        fc.nat({ max: 80 }),
        fc.string({ unit: 'binary-ascii', maxLength: 4 }),
      )
      .map(([line, at, noise]) => ({
        bytes: `${line.slice(0, at)}${noise}${line.slice(at)}`,
        patienceMs: PATIENCE_MS,
      })),
    weight: 2,
  },
);
