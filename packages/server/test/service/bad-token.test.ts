import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { census } from './census.ts';
import { expectRefusal } from './refusal.ts';
import { caller, openStand, type Stand } from './stand.ts';
import { policyOf, user } from './story.ts';

let stand: Stand;
let before: Record<string, number>;

const UNKNOWN = '0197b1a2-0000-7000-8000-000000000000';
const endless = randomBytes(3_000).toString('base64');
const request = { policy_key: 'simple', artifact_type: 't', artifact_id: 'a' };

beforeAll(async () => {
  stand = await openStand();
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  before = await census(stand);
});
afterAll(async () => {
  expect(await census(stand)).toEqual(before);
  await stand.close();
});

describe('a token', () => {
  const tokenWith = (claims: unknown) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `Bearer ${part({ alg: 'none' })}.${part(claims)}.`;
  };
  const as = (authorization: string) =>
    stand.call(null, 'POST', '/requests', request, { headers: { authorization } });

  it.each([
    ['no subject', {}],
    ['a subject of null', { sub: null }],
    ['a subject that is a number', { sub: 7 }],
    ['a blank subject', { sub: ' ' }],
    ['a subject with NUL', { sub: 'a\u0000' }],
    ['half a surrogate pair', { sub: '\ud800' }],
    ['a subject without end', { sub: endless }],
    ['a list', []],
    ['an end in the past', { sub: 'a', exp: 1 }],
    ['a beginning in the future', { sub: 'a', nbf: 99_999_999_999 }],
    ['an end that is a text', { sub: 'a', exp: 'never' }],
  ])('with %s', async (_, claims) => {
    expectRefusal(await as(tokenWith(claims)), 401, 'AWE-008');
  });

  it.each([
    '',
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    'Basic YTpi',
    'Bearer ..',
    `Bearer ${'e'.repeat(5_000)}`,
  ])('that is none: %s', async (authorization) => {
    const answer = await as(authorization);
    expectRefusal(answer, 401, 'AWE-008');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('without a role is told so before anything else', async () => {
    for (const [method, path] of [
      ['POST', '/policies'],
      ['POST', `/requests/${UNKNOWN}/cancel`],
      ['POST', `/tasks/x/reassign`],
      ['POST', '/delegations'],
      ['GET', '/delegations'],
      ['GET', '/policies'],
      ['GET', '/admin/deliveries?limit=0'],
    ] as const) {
      const body = method === 'POST' ? '{' : undefined;
      expectRefusal(await stand.call(caller, method, path, body), 403, 'AWE-008');
    }
  });
});
