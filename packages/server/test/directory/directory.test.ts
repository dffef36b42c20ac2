import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '@awe/engine/people';
import type { JsonObject } from '@awe/engine/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/directory/directory.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';

const outbound = createOutbound(
  { deny_private: false, allow_hosts: [], deny_hosts: [], max_response_bytes: 300_000 },
  { allowLoopback: true },
);
const keycloak = {
  role: async ({ role }: JsonObject): Promise<Answer> => ({ ok: true, users: [`holder of ${role}`] }),
  group: () => Promise.reject(new Error('realm on fire')),
};
const directory = createDirectory({ outbound, httpTimeoutMs: 5_000, keycloak });

let reply: { status?: number; headers?: Record<string, string>; body: string | Buffer | null } = {
  body: null,
};
let question: { method: string | undefined; type: string | undefined; body: string } | null = null;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  question = { method: request.method, type: request.headers['content-type'], body };
  if (reply.body !== null) response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
});
let host = '';

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await outbound.close();
  server.closeAllConnections();
  server.close();
});

const ask = (from = directory, signal?: AbortSignal) =>
  from.lookUp(
    { rule_type: 'http', rule_value: { url: `http://${host}/who?key=hunter2` } },
    { amount: 7, place: { district: 'D1' } },
    signal,
  );

describe('a caller’s resolver', () => {
  it('is told the context and names people', async () => {
    reply = { body: '{"user_ids": ["u-alice", "u-bob", "u-alice"], "more": 1}' };
    expect(await ask()).toEqual({ ok: true, users: ['u-alice', 'u-bob', 'u-alice'] });
    expect(question).toEqual({
      method: 'POST',
      type: 'application/json',
      body: '{"context":{"amount":7,"place":{"district":"D1"}}}',
    });
  });

  it('may name nobody, which is no failure', async () => {
    reply = { status: 201, body: '{"user_ids": []}' };
    expect(await ask()).toEqual({ ok: true, users: [] });
  });

  const list = 'answered without a "user_ids" list: it must answer {"user_ids": ["…"]}';
  it.each([
    ['{"user_ids": [', 'answered with something that is not JSON'],
    ['', 'answered with something that is not JSON'],
    [Buffer.from([0x22, 0xff, 0x22]), 'answered with something that is not JSON'],
    ['["u-alice"]', list],
    ['{}', list],
    ['null', list],
    ['{"user_ids": "u-alice"}', list],
    ['{"user_ids": {"0": "u-alice"}}', list],
    ['{"user_ids": ["u-alice", 7]}', 'answered with a bad id: user_ids[1] is not a string'],
    ['{"user_ids": [null]}', 'answered with a bad id: user_ids[0] is not a string'],
    ['{"user_ids": [" "]}', 'answered with a bad id: user_ids[0] is blank'],
    ['{"user_ids": ["a\\u0000b"]}', 'answered with a bad id: user_ids[0] holds a NUL character'],
    ['{"user_ids": ["\\ud800"]}', 'answered with a bad id: user_ids[0] holds half a surrogate pair'],
    [
      `{"user_ids": ["${'x'.repeat(256)}"]}`,
      'answered with a bad id: user_ids[0] is longer than 255 characters',
    ],
    [JSON.stringify({ user_ids: Array(10_001).fill('u') }), 'named 10001 users; 10000 is the most'],
    ['x'.repeat(300_001), 'answered with more than 300000 bytes (outbound.max_response_bytes)'],
  ])('fails on %.40s', async (body, fault) => {
    reply = { body };
    expect(await ask()).toEqual({ ok: false, reason: `resolver ${host} ${fault}` });
  });

  it('may name as many as are allowed, with ids as long as allowed', async () => {
    reply = { body: JSON.stringify({ user_ids: ['x'.repeat(255), ...Array(9_999).fill('u')] }) };
    expect(await ask()).toMatchObject({ ok: true, users: { length: 10_000 } });
  });

  it.each([
    [404, 'answered 404'],
    [500, 'answered 500'],
    [302, 'answered 302: redirects are not followed'],
  ])('fails with status %i', async (status, fault) => {
    reply = { status, headers: { location: '/' }, body: '{"user_ids": ["u-alice"]}' };
    expect(await ask()).toEqual({ ok: false, reason: `resolver ${host} ${fault}` });
  });

  it('fails when it does not answer in time', async () => {
    reply = { body: null };
    expect(await ask(createDirectory({ outbound, httpTimeoutMs: 40, keycloak }))).toEqual({
      ok: false,
      reason: `resolver cannot be asked: ${host} gave no complete answer within 0.04 s`,
    });
  });

  it('is left alone when the caller gives up', async () => {
    reply = { body: null };
    expect(await ask(directory, AbortSignal.abort())).toEqual({
      ok: false,
      reason: `resolver cannot be asked: the call to ${host} was given up`,
    });
  });

  it('is not asked at an address that must not be called, or at none', async () => {
    const at = (rule_value: { url?: string | number }) =>
      directory.lookUp({ rule_type: 'http', rule_value }, {});
    expect(await at({ url: 'http://169.254.169.254/' })).toEqual({
      ok: false,
      reason: 'resolver cannot be asked: 169.254.169.254 is a link-local address and is not called',
    });
    expect(await at({ url: 'nowhere' })).toMatchObject({ ok: false });
    const noUrl = { ok: false, reason: 'the http rule has no url: write {"url": "https://…"}' };
    expect(await at({})).toEqual(noUrl);
    expect(await at({ url: 7 })).toEqual(noUrl);
  });
});

describe('roles and groups', () => {
  it('are asked of Keycloak, whose exceptions become answers', async () => {
    expect(await directory.lookUp({ rule_type: 'role', rule_value: { role: 'OFFICER' } }, {})).toEqual({
      ok: true,
      users: ['holder of OFFICER'],
    });
    expect(await directory.lookUp({ rule_type: 'group', rule_value: { group: '/a' } }, {})).toEqual({
      ok: false,
      reason: 'the group lookup failed: realm on fire',
    });
  });
});
