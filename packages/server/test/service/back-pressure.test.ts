import { afterAll, beforeAll, expect, it } from 'vitest';
import { caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

const MOST = 20;

let stand: Stand;

beforeAll(async () => {
  stand = await openStand({ env: { AWE__SERVER__MAX_CALLS_IN_FLIGHT: String(MOST) } });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(() => stand.close());

it('turns excess callers away with Retry-After, does nothing for them, and serves the others', async () => {
  const { create } = storyOf(stand);
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, n) => create('simple', { artifact_id: `a-${n}` })),
  );
  const made = answers.filter((each) => each.status === 201);
  const refused = answers.filter((each) => each.status !== 201);
  expect(made.length).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(0);
  for (const each of refused) {
    expect(each.status).toBe(503);
    expect(each.headers.get('retry-after')).toBe('1');
    expect(each.body).toMatchObject({ errors: [{ errorCode: 'AWE-005' }], response: null });
  }
  const rows = await stand.sql<{ n: number }>('select count(*)::int as n from approval_request');
  expect(rows[0]?.n).toBe(made.length);
});

it('serves everybody again when the rush is over, and answers probes during it', async () => {
  const rush = Array.from({ length: 200 }, () => stand.call(caller, 'GET', '/tasks'));
  const health = await stand.call(null, 'GET', '/health');
  expect(health.status).toBe(200);
  await Promise.all(rush);
  expect((await stand.call(caller, 'GET', '/tasks')).status).toBe(200);
});
