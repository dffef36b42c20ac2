import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { census } from '../../../packages/server/test/service/census.ts';
import { type Counterpart, startCounterpart } from '../../../packages/server/test/service/counterpart.ts';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { admin, openStand, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { watchConnections } from '../../neighbours/connections-made.ts';
import { MANNERS, type MannerName, METADATA_ADDRESS } from '../../neighbours/hostile-manners.ts';
import { type HostileServer, startHostile } from '../../neighbours/hostile-server.ts';

const TIMEOUT_SECONDS = 0.6;

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let hostile: HostileServer;
let stranger: HostileServer;
let told: Counterpart;
let connections: ReturnType<typeof watchConnections>;

const asks = (url: string) => ({ rule_type: 'http', rule_value: { url } });
const publishFor = async (key: string, url: string) => {
  await stand.publish(policyOf(`${key}-first`, [{ rules: [asks(url)] }]));
  await stand.publish(policyOf(`${key}-second`, [{ rules: [user('olga')] }, { rules: [asks(url)] }]));
};
const secondsPass = (seconds: number) => stand.hoursPass(seconds / 3600);
const failuresOf = async (id: string) =>
  (await story.timeline(id)).filter((each) => each.event_type === 'stage_activation_failed');

/** Somebody else's request, from beginning to end. */
const othersGoOn = async () => {
  const { body } = await story.create('others');
  expect((await story.decide(body.request_id, 'olga', 'approve')).status).toBe(201);
  expect(await story.statusOf(body.request_id)).toBe('approved');
};

beforeAll(async () => {
  connections = watchConnections();
  stand = await openStand({ env: { AWE__RESOLVER__HTTP_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) } });
  story = storyOf(stand);
  hostile = await startHostile();
  stranger = await startHostile({ tls: true });
  told = await startCounterpart({});
  await stand.publish(policyOf('others', [{ rules: [user('olga')] }]));
  for (const manner of Object.keys(MANNERS) as MannerName[]) await publishFor(manner, hostile.at(manner));
  await publishFor('untrusted', stranger.at('never-answers'));
  await publishFor('no-tls', hostile.at('never-answers', 'https'));
  await publishFor('told', told.url);
});
afterAll(async () => {
  await stand.close();
  await hostile.close();
  await stranger.close();
  told.close();
  connections.stop();
});

/** In each of the three places where people are looked for. */
async function expectFailureOf(policy: string, says: RegExp): Promise<void> {
  const before = await census(stand);
  expectRefusal(await story.create(`${policy}-first`), 503, 'AWE-007', says);
  const simulated = await stand.call(admin, 'POST', `/policies/${policy}-second/versions/1/simulate`, {});
  expectRefusal(simulated, 503, 'AWE-007', says);
  expect(await census(stand)).toEqual(before);

  const { body } = await story.create(`${policy}-second`);
  const [decided] = await Promise.all([story.decide(body.request_id, 'olga', 'approve'), othersGoOn()]);
  expect(decided.status).toBe(201);
  const [failed, ...more] = await failuresOf(body.request_id);
  expect(more).toEqual([]);
  expect(failed?.payload).toMatchObject({
    stage_order: 2,
    status: 'in_review',
    attempt: 1,
    reason: expect.stringMatching(says),
  });
  const next = String(failed?.payload.next_attempt_at);
  expect(Date.parse(next) - Date.parse(failed?.created_at ?? '')).toBe(5_000);
  await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, {});
}

const NO_ANSWER = new RegExp(`gave no complete answer within ${TIMEOUT_SECONDS} s`);
const BROKEN_OFF = /ECONNRESET|EPIPE|other side closed|socket hang up|closed/i;

const REASONS: Record<MannerName, RegExp> = {
  'never-answers': NO_ANSWER,
  'drips-its-head': NO_ANSWER,
  'drips-its-body': NO_ANSWER,
  'hints-forever': NO_ANSWER,
  'floods-its-head': /Headers Overflow/i,
  'floods-its-body': /more than 1048576 bytes/,
  resets: BROKEN_OFF,
  'resets-inside-its-head': BROKEN_OFF,
  'hangs-up': BROKEN_OFF,
  'speaks-ssh': /HTTP/,
  'invents-a-status': /status/i,
  'switches-protocols': /upgrade/i,
  'redirects-to-metadata': /redirects are not followed/,
};

describe('a resolver that misbehaves', () => {
  it.each(Object.entries(REASONS))('%s: 503 and nothing written, or the decision is kept', expectFailureOf);

  it('shows a certificate that does not fit: it is told nothing', async () => {
    await expectFailureOf('untrusted', /self-signed certificate/);
    expect(stranger.calls.all).toEqual([]);
  });

  it('speaks no TLS where it should: it is told nothing', async () => {
    const before = hostile.calls.all.length;
    await expectFailureOf('no-tls', /wrong version|SSL|TLS/i);
    expect(hostile.calls.all).toHaveLength(before);
  });

  it('sends to a metadata address: nobody goes there', async () => {
    expectRefusal(await story.create('redirects-to-metadata-first'), 503, 'AWE-007', /redirect/);
    expect(connections.addresses).toContain('127.0.0.1');
    expect(connections.addresses).not.toContain(METADATA_ADDRESS);
  });

  it.each([
    ['half of a JSON text', '{"user_ids":["a"', /JSON/],
    ['a text of a hundred thousand brackets', '['.repeat(100_000), /JSON/],
    ['a list a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000), /user_ids/],
    ['the list where a prototype would be', '{"__proto__":{"user_ids":["a"]}}', /user_ids/],
    ['a list of lists', { user_ids: [['a']] }, /user_ids\[0\] is not a string/],
    ['an id with NUL', String.raw`{"user_ids":["a","b\u0000"]}`, /user_ids\[1\] holds a NUL/],
    ['an id of 10,000 characters', { user_ids: ['x'.repeat(10_000)] }, /user_ids\[0\] is longer than 255/],
    ['10 MB', `{"user_ids":["${'x'.repeat(10_485_760)}"]}`, /more than 1048576 bytes/],
    ['10,001 people', { user_ids: Array.from({ length: 10_001 }, (_, n) => `u-${n}`) }, /10000 is the most/],
  ])('answers %s', async (_, body, says) => {
    told.answers({ body });
    await expectFailureOf('told', says);
  });

  it('names one person ten thousand times: that is one person', async () => {
    told.answers({ body: { user_ids: Array(10_000).fill('alice') } });
    const created = await story.create('told-first');
    expect([created.status, created.body.tasks.map((each) => each.assignee)]).toEqual([201, ['alice']]);
  });
});

describe('a resolver that hangs', () => {
  it('holds up nobody who asks somebody else, however many wait for it', async () => {
    const hanging = Array.from({ length: 40 }, () => story.create('never-answers-first'));
    await othersGoOn();
    for (const each of await Promise.all(hanging)) expectRefusal(each, 503, 'AWE-007', NO_ANSWER);
  });

  it('lets the request be cancelled meanwhile, which ends the retries', async () => {
    told.answers('silent');
    const { body } = await story.create('told-second');
    const before = told.calls.length;
    const deciding = story.decide(body.request_id, 'olga', 'approve');
    await told.called(before + 1);
    const cancelled = await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, {});
    expect([cancelled.status, (await deciding).status]).toEqual([200, 201]);
    const types = await story.eventTypes(body.request_id);
    expect(types.slice(-2)).toEqual(['stage_activation_failed', 'request_cancelled']);
    const calls = told.calls.length;
    await secondsPass(86_400);
    expect(told.calls).toHaveLength(calls);
  });

  it('and comes back opens the stage at the next try', async () => {
    told.answers({ body: 'not JSON' });
    const { body } = await story.create('told-second');
    await story.decide(body.request_id, 'olga', 'approve');
    for (const wait of [5, 15, 60, 300, 900]) await secondsPass(wait);
    expect(await failuresOf(body.request_id)).toHaveLength(6);
    told.answers({ body: { user_ids: ['alice'] } });
    await secondsPass(900);
    await story.decide(body.request_id, 'alice', 'approve');
    expect(await story.statusOf(body.request_id)).toBe('approved');
  });
});
