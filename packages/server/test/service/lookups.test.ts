import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { census } from './census.ts';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { expectRefusal } from './refusal.ts';
import { admin, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let resolver: Counterpart;

const names = (...user_ids: string[]) => ({ body: { user_ids } });
const asks = (path: string, more: object = {}) => ({
  rule_type: 'http',
  rule_value: { url: `${resolver.url}${path}` },
  ...more,
});
const secondsPass = (seconds: number) => stand.hoursPass(seconds / 3600);
const failuresOf = async (id: string) =>
  (await story.timeline(id)).filter((each) => each.event_type === 'stage_activation_failed');

beforeAll(async () => {
  stand = await openStand({ replicas: 2, env: { AWE__RESOLVER__HTTP_TIMEOUT_SECONDS: '1' } });
  story = storyOf(stand);
  resolver = await startCounterpart(names('alice'));
  const first = { rules: [user('olga')] };
  await stand.publish(policyOf('asked', [{ rules: [asks('/people')] }]));
  await stand.publish(policyOf('asked-or-skipped', [{ rules: [asks('/people')], on_empty: 'skip' }]));
  await stand.publish(policyOf('later', [first, { rules: [asks('/people')] }]));
  await stand.publish(
    policyOf('side-by-side', [
      first,
      { rules: [asks('/people')], parallel_group: 1 },
      { rules: [asks('/people', { kind: 'observer' }), user('sam')], parallel_group: 1 },
    ]),
  );
  await stand.publish(policyOf('twice', [{ rules: [asks('/people'), asks('/people', { required: true })] }]));
});
afterEach(() => resolver.answers(names('alice')));
afterAll(async () => {
  resolver.close();
  await stand.close();
});

const OUTAGES: [string, Parameters<Counterpart['answers']>[0], RegExp][] = [
  ['fails', { status: 500 }, /500/],
  ['knows nothing of it', { status: 404, body: { user_ids: ['alice'] } }, /404/],
  ['is down for maintenance', { status: 503, headers: { 'retry-after': '1' } }, /503/],
  ['sends elsewhere', { status: 302, headers: { location: '/other' } }, /redirect/],
  ['never answers', 'silent', /within 1/],
  ['answers nothing', { body: '' }, /JSON/],
  ['answers a page', { body: '<html>login</html>' }, /JSON/],
  ['answers a bare list', { body: ['alice'] }, /user_ids/],
  ['answers other words', { body: { users: ['alice'] } }, /user_ids/],
  ['answers null', { body: 'null' }, /user_ids/],
  ['answers one text', { body: { user_ids: 'alice' } }, /user_ids/],
  ['names numbers', { body: { user_ids: ['alice', 7] } }, /user_ids\[1\]/],
  ['names a blank', { body: { user_ids: [' '] } }, /user_ids\[0\]/],
  ['names half a surrogate pair', { body: String.raw`{"user_ids":["\ud800"]}` }, /surrogate/],
  ['names NUL', { body: String.raw`{"user_ids":["a\u0000"]}` }, /NUL/],
];

describe('a resolver', () => {
  it('gets the context and names the people, each once', async () => {
    const calls = resolver.calls.length;
    resolver.answers(names('bob', 'alice', 'bob'));
    const created = await story.create('asked', { context: { district: 'D1', n: [1, null] } });
    expect(created.body.tasks.map((each) => each.assignee)).toEqual(['bob', 'alice']);
    expect(resolver.calls.slice(calls)).toEqual([
      { path: '/people', body: { context: { district: 'D1', n: [1, null] } } },
    ]);
  });

  it('gets large integers as they were sent, and so does everybody else', async () => {
    const context = '{"n":[1e20,1E+30,100000000000000000000,-9007199254740992,1234567890123456e4]}';
    const body = `{"policy_key":"asked","artifact_type":"t","artifact_id":"a","context":${context}}`;
    const created = await stand.call<{ request_id: string }>(admin, 'POST', '/requests', body);
    expect(created.status).toBe(201);
    expect(resolver.calls.at(-1)?.body).toEqual({ context: JSON.parse(context) });
    const kept = await stand.sql('select context::text from approval_request where id = $1', [
      created.body.request_id,
    ]);
    expect(kept).toEqual([
      {
        context:
          '{"n": [100000000000000000000, 1000000000000000000000000000000, 100000000000000000000, -9007199254740992, 12345678901234560000]}',
      },
    ]);
  });

  it('is asked once for all the rules and parallel stages that start together', async () => {
    const calls = resolver.calls.length;
    const created = await story.create('twice');
    expect(created.body.tasks).toHaveLength(1);
    expect(resolver.calls).toHaveLength(calls + 1);
    const { body } = await story.create('side-by-side');
    await story.decide(body.request_id, 'olga', 'approve');
    expect(resolver.calls).toHaveLength(calls + 2);
    // Another request is another question.
    await story.create('asked');
    expect(resolver.calls).toHaveLength(calls + 3);
  });

  it('may name nobody: then on_empty speaks', async () => {
    resolver.answers(names());
    const blocked = await story.create('asked');
    expect([blocked.status, blocked.body.status, blocked.body.tasks]).toEqual([201, 'rejected', []]);
    expect((await story.timeline(blocked.body.request_id)).at(-1)).toMatchObject({
      event_type: 'request_rejected',
      payload: { reason: 'no_approvers_resolved' },
    });
    const skipped = await story.create('asked-or-skipped');
    expect([skipped.status, skipped.body.status]).toEqual([201, 'approved']);
    expect(
      (await story.timeline(skipped.body.request_id)).map(({ event_type, payload }) => [
        event_type,
        payload.reason,
      ]),
    ).toEqual([
      ['request_created', undefined],
      ['stage_skipped', 'no_approvers'],
      ['request_approved', 'all_stages_skipped'],
    ]);
  });

  it('may name nobody for a required seat: then the request is rejected, whatever on_empty says', async () => {
    resolver.answers(names());
    const { body } = await story.create('twice');
    expect((await story.timeline(body.request_id)).at(-1)?.payload.reason).toBe(
      'required_approver_unavailable',
    );
  });
});

describe('a creation that waits for its people', () => {
  it('comes after those that were created meanwhile, by its id and by its time', async () => {
    resolver.answers('silent');
    const calls = resolver.calls.length;
    const waiting = story.create('asked', { artifact_id: 'slow' });
    await resolver.called(calls + 1);
    const quick = await story.create('later');
    resolver.answers(names('alice'));
    const slow = await waiting;
    expect([slow.status, quick.status]).toEqual([201, 201]);
    const momentOf = async (id: string) =>
      (await stand.call<{ created_at: string }>(admin, 'GET', `/requests/${id}`)).body.created_at;
    const [first, second] = [quick.body.request_id, slow.body.request_id];
    expect(second > first).toBe(true);
    expect((await momentOf(second)) >= (await momentOf(first))).toBe(true);
    const [event] = await story.timeline(second);
    expect((event?.created_at ?? '') >= (await momentOf(first))).toBe(true);
  });
});

describe('a resolver that does not answer as it should', () => {
  it.each(OUTAGES)('%s: nothing is created', async (_, outage, says) => {
    const before = await census(stand);
    resolver.answers(outage);
    for (const policy of ['asked', 'asked-or-skipped']) {
      const created = await story.create(
        policy,
        { callback_url: stand.receiver.url },
        { 'idempotency-key': 'o' },
      );
      expectRefusal(created, 503, 'AWE-007', says);
    }
    expect(await census(stand)).toEqual(before);
  });

  it('does not burn the idempotency key', async () => {
    resolver.answers({ status: 500 });
    const headers = { 'idempotency-key': 'again' };
    expect((await story.create('asked', {}, headers)).status).toBe(503);
    resolver.answers(names('alice'));
    expect((await story.create('asked', {}, headers)).status).toBe(201);
  });

  it('stops a simulation too', async () => {
    const before = await census(stand);
    resolver.answers({ status: 500 });
    const simulate = (key: string) => stand.call(admin, 'POST', `/policies/${key}/versions/1/simulate`, {});
    expectRefusal(await simulate('asked-or-skipped'), 503, 'AWE-007', /500/);
    expectRefusal(await simulate('later'), 503, 'AWE-007', /stage 2/);
    expect(await census(stand)).toEqual(before);
  });

  it('is not there at all, or where nothing may be called', async () => {
    const gone = await startCounterpart({});
    gone.close();
    const url = (target: string) => ({ rule_type: 'http', rule_value: { url: target } });
    await stand.publish(policyOf('gone', [{ rules: [url(gone.url)] }]));
    await stand.publish(policyOf('metadata', [{ rules: [url('http://169.254.169.254/latest')] }]));
    expectRefusal(await story.create('gone'), 503, 'AWE-007');
    expectRefusal(await story.create('metadata'), 503, 'AWE-007', /link-local/);
  });

  it('is Keycloak, which is not configured', async () => {
    for (const rule of [
      { rule_type: 'role', rule_value: { role: 'OFFICER' } },
      { rule_type: 'group', rule_value: { group: '/districts/D1' } },
    ]) {
      const key = `by-${rule.rule_type}`;
      await stand.publish(policyOf(key, [{ rules: [rule], on_empty: 'skip' }]));
      const before = await census(stand);
      expectRefusal(await story.create(key), 503, 'AWE-007', /Keycloak is not configured/);
      const simulated = await stand.call(admin, 'POST', `/policies/${key}/versions/1/simulate`, {});
      expectRefusal(simulated, 503, 'AWE-007', /Keycloak is not configured/);
      expect(await census(stand)).toEqual(before);
    }
  });
});

describe('a next stage whose people cannot be found', () => {
  const decideIntoOutage = async (policy: string) => {
    const { body } = await story.create(policy);
    resolver.answers({ status: 500 });
    const decided = await story.decide(body.request_id, 'olga', 'approve');
    expect(decided.status).toBe(201);
    return body.request_id;
  };

  it('keeps the decision, waits longer and longer, and opens in the end', async () => {
    const id = await decideIntoOutage('later');
    const request = await stand.call(admin, 'GET', `/requests/${id}`);
    expect(request.body).toMatchObject({ status: 'in_review', current_stage_order: 2 });
    expect((await story.taskOf(id, 'olga')).status).toBe('completed');
    for (const wait of [5, 15, 60, 300, 900, 900]) {
      const { payload, created_at } = (await failuresOf(id)).at(-1) ?? { payload: {}, created_at: '' };
      expect(payload).toMatchObject({
        stage_order: 2,
        status: 'in_review',
        reason: expect.stringMatching(/500/),
      });
      const next = Date.parse((payload as { next_attempt_at: string }).next_attempt_at);
      expect(next - Date.parse(created_at)).toBe(wait * 1000);
      // Not a second early.
      await secondsPass(wait - 2);
      const before = await failuresOf(id);
      await secondsPass(2);
      expect(await failuresOf(id)).toHaveLength(before.length + 1);
    }
    expect((await failuresOf(id)).map((each) => each.payload.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);

    resolver.answers(names('alice'));
    await secondsPass(900);
    expect((await story.taskOf(id, 'alice')).status).toBe('open');
    expect((await story.eventTypes(id)).at(-1)).toBe('stage_started');
    const [due] = await stand.sql('select next_attempt_at from approval_request where id = $1', [id]);
    expect(due).toEqual({ next_attempt_at: null });
    await story.decide(id, 'alice', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('starts its whole parallel group together, once', async () => {
    const id = await decideIntoOutage('side-by-side');
    await expect(story.taskOf(id, 'sam')).rejects.toThrow('no task');
    await secondsPass(5);
    // Both stages were tried, twice.
    expect((await failuresOf(id)).map((each) => each.payload.stage_order)).toEqual([2, 3, 2, 3]);
    resolver.answers(names('alice'));
    await secondsPass(15);
    const types = await story.eventTypes(id);
    expect(types.filter((each) => each === 'stage_started')).toHaveLength(3);
    const tasks = await stand.call<object[]>(admin, 'GET', `/tasks?assignee=*&request_id=${id}&status=open`);
    expect(tasks.body).toHaveLength(3);
  });

  it('is left alone once the request is cancelled', async () => {
    const id = await decideIntoOutage('later');
    const cancelled = await stand.call(admin, 'POST', `/requests/${id}/cancel`, {});
    expect(cancelled.status).toBe(200);
    const calls = resolver.calls.length;
    resolver.answers(names('alice'));
    await secondsPass(3600);
    expect(resolver.calls).toHaveLength(calls);
    expect((await story.eventTypes(id)).at(-1)).toBe('request_cancelled');
    const [due] = await stand.sql('select next_attempt_at from approval_request where id = $1', [id]);
    expect(due).toEqual({ next_attempt_at: null });
  });

  it('may turn out to be nobody when the resolver is back', async () => {
    const id = await decideIntoOutage('later');
    resolver.answers(names());
    await secondsPass(5);
    expect(await story.statusOf(id)).toBe('rejected');
    expect((await story.timeline(id)).at(-1)?.payload.reason).toBe('no_approvers_resolved');
  });

  it('is tried again without anybody asking for it', async () => {
    const id = await decideIntoOutage('later');
    const calls = resolver.calls.length;
    resolver.answers(names('alice'));
    await resolver.called(calls + 1);
    expect(await failuresOf(id)).toHaveLength(1);
  });
});

describe('an escalation whose people cannot be found', () => {
  it('is tried again, and meanwhile the late can decide', async () => {
    const late = { rules: [user('olga')], sla_hours: 1, on_breach: 'escalate' };
    await stand.publish(policyOf('escalates', [{ ...late, escalation_rules: [asks('/boss')] }]));
    const { body } = await story.create('escalates');
    resolver.answers({ status: 500 });
    await stand.hoursPass(1);
    const [failed] = await failuresOf(body.request_id);
    expect(failed?.payload).toMatchObject({
      stage_order: 1,
      attempt: 1,
      reason: expect.stringMatching(/500/),
    });
    resolver.answers(names('boss', 'olga'));
    await secondsPass(5);
    expect((await story.timeline(body.request_id)).at(-1)).toMatchObject({
      event_type: 'stage_escalated',
      payload: { added: ['boss'], attempt: 2 },
    });
    await story.decide(body.request_id, 'olga', 'approve');
    expect(await story.statusOf(body.request_id)).toBe('approved');
    expect((await story.taskOf(body.request_id, 'boss')).status).toBe('skipped');
  });
});

describe('a shutdown', () => {
  it('lets a creation that waits for its people come to its end, and waits for nothing else', async () => {
    resolver.answers('silent');
    const calls = resolver.calls.length;
    const creating = story.create('asked');
    await resolver.called(calls + 1);
    const restarting = stand.restart();
    resolver.answers(names('alice'));
    const created = await creating;
    expect([created.status, created.body.tasks.length]).toEqual([201, 1]);
    await restarting;
    expect(await story.statusOf(created.body.request_id)).toBe('in_review');
    // The connection of that call was kept alive; a shutdown that waits for it lasts its whole 30 s.
  }, 20_000);
});
