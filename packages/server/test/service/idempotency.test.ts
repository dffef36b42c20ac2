import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from './refusal.ts';
import { caller, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(() => stand.close());

const requests = async () =>
  (await stand.sql<{ n: number }>('select count(*)::int as n from approval_request'))[0]?.n ?? 0;

describe('Idempotency-Key', () => {
  it('replays the first answer byte for byte and creates nothing new', async () => {
    const before = await requests();
    const first = await story.create('simple', { context: { b: 1, a: [2] } }, { 'idempotency-key': 'k-1' });
    await story.decide(first.body.request_id, 'alice', 'approve');
    // The same body: members in another order are the same JSON.
    const again = await story.create('simple', { context: { a: [2], b: 1 } }, { 'idempotency-key': 'k-1' });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(await requests()).toBe(before + 1);
  });

  it('is refused with a different body', async () => {
    const other = await story.create('simple', { artifact_id: 'another' }, { 'idempotency-key': 'k-1' });
    expect(other.status).toBe(409);
    expect(other.text).toContain('AWE-009');
    expect(other.text).toContain('k-1');
  });

  it.each([
    ['one more field, also one that is not known', {}, { colour: 'green' }],
    ['an empty context where there was none', { context: undefined }, { context: {} }],
    ['a null where there was nothing', {}, { callback_url: null }],
    ['the default where there was nothing', {}, { requester: caller.sub }],
    ['a value of an unknown field changed', { colour: 'green' }, { colour: 'blue' }],
  ])('is refused with %s', async (story_, first, second) => {
    const headers = { 'idempotency-key': `k-${story_}` };
    expect((await story.create('simple', first, headers)).status).toBe(201);
    const other = await story.create('simple', second, headers);
    expectRefusal(other, 409, 'AWE-009', /different body/);
    expect((await story.create('simple', first, headers)).status).toBe(201);
  });

  it('belongs to one subject', async () => {
    const body = { policy_key: 'simple', artifact_type: 't', artifact_id: 'a', context: {} };
    const headers = { 'idempotency-key': 'k-1' };
    const stranger = await stand.call(person('another-service'), 'POST', '/requests', body, { headers });
    expect(stranger.status).toBe(201);
  });

  it('is not burnt by a creation that failed', async () => {
    const headers = { 'idempotency-key': 'k-2' };
    const failed = await story.create('no-such-policy', {}, headers);
    expect(failed.status).toBe(404);
    expect((await story.create('simple', {}, headers)).status).toBe(201);
  });

  it('is forgotten after its retention, and not before', async () => {
    const headers = { 'idempotency-key': 'k-old' };
    const first = await story.create('simple', {}, headers);
    await stand.sql(
      "update idempotency_key set created_at = now() - interval '364 days' where key = 'k-old'",
    );
    expect(await stand.services[0]?.runRetention()).toBe(0);
    expect((await story.create('simple', {}, headers)).text).toBe(first.text);
    await stand.sql(
      "update idempotency_key set created_at = now() - interval '366 days' where key = 'k-old'",
    );
    expect(await stand.services[0]?.runRetention()).toBe(1);
    expect((await story.create('simple', {}, headers)).body.request_id).not.toBe(first.body.request_id);
  });

  it('makes one request of fifty equal calls in the same moment, over two replicas', async () => {
    const before = await requests();
    const body = { policy_key: 'simple', artifact_type: 't', artifact_id: 'same', context: { n: 1 } };
    const headers = { 'idempotency-key': 'k-3' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        stand.call(caller, 'POST', '/requests', body, { headers, replica: index % 2 }),
      ),
    );
    expect(new Set(answers.map((each) => each.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((each) => each.text)).size).toBe(1);
    expect(await requests()).toBe(before + 1);
  });
});
