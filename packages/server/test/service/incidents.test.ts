import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Incident = {
  id: string;
  kind: string;
  since: string;
  request_id: string | null;
  receiver: string | null;
  what: string;
  repairs: { description: string; method: string; path: string; body: Record<string, unknown> | null }[];
};
type Retry = { id: string; retried: number; incident: Incident | null };

const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

let stand: Stand;
let story: ReturnType<typeof storyOf>;
/** Answers for the people of a stage, and is called back. */
let other: Counterpart;

beforeAll(async () => {
  stand = await openStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  other = await startCounterpart({ status: 500 });
  const asks = (path: string) => ({ rule_type: 'http', rule_value: { url: `${other.url}${path}` } });
  const olga = { rules: [user('olga')] };
  const late = { sla_hours: 24, on_breach: 'notify' };
  await stand.publish(policyOf('later', [olga, { rules: [asks('/people')] }]));
  await stand.publish(policyOf('late', [{ rules: [user('alice'), user('bob')], ...late }]));
  await stand.publish(
    policyOf('escalates', [{ ...olga, ...late, on_breach: 'escalate', escalation_rules: [asks('/boss')] }]),
  );
});
beforeEach(() => other.answers({ status: 500 }));
afterAll(async () => {
  other.close();
  await stand.close();
});

const list = async (query = '') =>
  (await stand.call<Incident[]>(viewer, 'GET', `/admin/incidents${query}`)).body;
const about = async (id: string) => (await list('?limit=500')).filter((each) => each.request_id === id);
const only = async (id: string) => {
  const [incident, ...more] = await about(id);
  if (!incident || more.length > 0) throw new Error('there is not exactly one incident');
  return incident;
};
const retry = (id: string, who = admin) => stand.call<Retry>(who, 'POST', `/admin/incidents/${id}/retry`);
const audit = async (id: string) =>
  (
    await stand.call<{ actor: string; before: object; metadata: object; summary: string }[]>(
      viewer,
      'GET',
      `/admin/audit?action=incident.retry&resource_id=${id}`,
    )
  ).body;
/** Carries a repair out as it says, with its choices made. */
const repair = (action: Incident['repairs'][number] | undefined, choice: object = {}) =>
  stand.call(
    admin,
    action?.method ?? '',
    (action?.path ?? '').replace('/v1/awe', ''),
    action?.body ? { ...action.body, ...choice } : undefined,
  );
const intoOutage = async () => {
  const { body } = await story.create('later');
  await story.decide(body.request_id, 'olga', 'approve');
  return body.request_id;
};

describe('a look-up that fails', () => {
  it('is listed with its reason and next attempt, and is over when a retry finds the people', async () => {
    const id = await intoOutage();
    const incident = await only(id);
    const failed = (await story.timeline(id)).at(-1);
    expect(incident).toMatchObject({
      id: `lookup-${id}`,
      kind: 'lookup_failed',
      since: failed?.created_at,
      receiver: null,
      what: expect.stringMatching(/^Stage 2 of the request about test.artifact a-1 cannot start: .*500/),
      lookup: {
        stage_order: 2,
        phase: 'activation',
        reason: expect.stringMatching(/500/),
        failures: failed?.payload.attempt,
        next_attempt_at: failed?.payload.next_attempt_at,
      },
      deliveries: null,
      overdue: null,
    });

    const [again] = incident.repairs;
    const failing = (await repair(again)).body;
    expect(failing).toMatchObject({
      id: incident.id,
      retried: 1,
      incident: { id: incident.id, since: incident.since, lookup: { failures: expect.any(Number) } },
    });
    other.answers({ body: { user_ids: ['alice'] } });
    expect((await retry(incident.id)).body).toEqual({ id: incident.id, retried: 1, incident: null });
    expect((await story.taskOf(id, 'alice')).status).toBe('open');
    expect(await about(id)).toEqual([]);
    expectRefusal(await retry(incident.id), 404, 'AWE-007', /no incident/);
    expect(await audit(incident.id)).toMatchObject([
      { actor: 'ada', before: { kind: 'lookup_failed' }, metadata: { request_id: id } },
      { actor: 'ada', summary: `Looked up the people of stage 2 of request ${id} again` },
    ]);
  });

  it('of an escalation is no less one, and not one of people past due', async () => {
    const { body } = await story.create('escalates');
    await stand.hoursPass(24);
    expect(await only(body.request_id)).toMatchObject({
      kind: 'lookup_failed',
      lookup: { stage_order: 1, phase: 'escalation' },
      what: expect.stringMatching(/cannot be escalated/),
    });
    await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, {});
    expect(await about(body.request_id)).toEqual([]);
  });
});

describe('people past due', () => {
  it('are listed when all are, who they are, and until somebody else is asked', async () => {
    const { body } = await story.create('late');
    const id = body.request_id;
    await stand.hoursPass(23.9);
    expect(await about(id)).toEqual([]);
    await stand.hoursPass(0.1);
    const incident = await only(id);
    const tasks = await Promise.all(['alice', 'bob'].map((name) => story.taskOf(id, name)));
    expect(incident).toMatchObject({
      id: `overdue-${id}`,
      kind: 'overdue',
      since: tasks[0]?.due_at,
      overdue: {
        stage_order: 1,
        waiting_for: tasks.map(({ id, assignee, due_at }) => ({ task_id: id, assignee, due_at })),
      },
    });
    expectRefusal(await retry(incident.id), 409, 'AWE-007', /reassign.*cancel/);
    expect(await audit(incident.id)).toEqual([]);

    const reassigned = await repair(incident.repairs[0], { new_assignee: 'carl' });
    expect([reassigned.status, reassigned.body.assignee]).toEqual([200, 'carl']);
    expect(await about(id)).toEqual([]);
    await stand.hoursPass(24);
    const carl = await story.taskOf(id, 'carl');
    expect(await only(id)).toMatchObject({ id: incident.id, since: carl.due_at });
    expect((await repair((await only(id)).repairs.at(-1))).status).toBe(200);
    expect(await story.statusOf(id)).toBe('cancelled');
    expect(await about(id)).toEqual([]);
  });

  it('are none while one of them has time, or something is still to happen', async () => {
    const { body } = await story.create('late');
    const bob = await story.taskOf(body.request_id, 'bob');
    await stand.hoursPass(23);
    // Noticed by nobody yet: what a breach brings is still to come.
    stand.clock.advance(2);
    expect(await about(body.request_id)).toEqual([]);
    await stand.hoursPass(0);
    await stand.call(admin, 'POST', `/tasks/${bob.id}/reassign`, { new_assignee: 'dora' });
    expect(await about(body.request_id)).toEqual([]);
  });
});

describe('deliveries that are exhausted', () => {
  const exhaust = async (path: string, times = 1) => {
    const callback_url = `${other.url}${path}`;
    other.answers({ status: 410 });
    for (let made = 0; made < times; made += 1) {
      const { body } = await story.create('late', { callback_url });
      for (;;) {
        const rows = await stand.sql<{ status: string }>(
          'select status from webhook_delivery where request_id = $1',
          [body.request_id],
        );
        if (rows.every(({ status }) => status === 'exhausted')) break;
      }
    }
    return callback_url;
  };
  const of = async (receiver: string) => (await list()).filter((each) => each.receiver === receiver);

  it('are one incident a receiver, with the newest of them, and start anew together', async () => {
    const receiver = await exhaust('/gone', 2);
    const neighbour = await exhaust('/gone/too');
    const [incident, ...more] = await of(receiver);
    if (!incident) throw new Error('it is not listed');
    const rows = await stand.sql<{ id: string; created_at: Date; request_id: string }>(
      'select id, created_at, request_id from webhook_delivery where receiver = $1 order by id desc',
      [receiver],
    );
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      kind: 'deliveries_exhausted',
      request_id: null,
      since: rows.at(-1)?.created_at.toISOString(),
      what: expect.stringMatching(/^4 webhooks were given up: .* 410/),
      deliveries: {
        count: 4,
        examples: rows.slice(0, 3).map(({ id, request_id }) => ({
          delivery_id: id,
          request_id,
          event_type: expect.stringMatching(/request_created|stage_started/),
          last_status_code: 410,
          last_error: expect.stringMatching(/410/),
        })),
      },
    });
    other.answers({ status: 200 });
    const calls = other.calls.length;
    expect((await repair(incident.repairs[0])).body).toEqual({ id: incident.id, retried: 4, incident: null });
    await other.called(calls + 4);
    expect(other.calls.slice(calls).every((call) => call.path === '/gone')).toBe(true);
    expect(await of(receiver)).toEqual([]);
    expect(await of(neighbour)).toHaveLength(1);
    expect(await audit(incident.id)).toMatchObject([
      { actor: 'ada', before: { kind: 'deliveries_exhausted' }, metadata: { receiver, count: 4 } },
    ]);
    expect((await repair((await of(neighbour))[0]?.repairs[1])).body).toMatchObject({ paused: true });
  });
});

describe('the list', () => {
  it('has the longest standing first, of one kind when asked, and no more of each than asked', async () => {
    await intoOutage();
    await intoOutage();
    const all = await list();
    expect(new Set(all.map((each) => each.kind)).size).toBeGreaterThan(1);
    expect(all.map((each) => each.since)).toEqual(all.map((each) => each.since).sort());
    const failed = await list('?kind=lookup_failed');
    expect(failed).toEqual(all.filter((each) => each.kind === 'lookup_failed'));
    expect(failed.length).toBeGreaterThan(1);
    expect(await list('?kind=lookup_failed&limit=1')).toEqual(failed.slice(0, 1));
    expect(await list('?kind=flood')).toEqual([]);
    expectFaultsAt(await stand.call(viewer, 'GET', '/admin/incidents?limit=501'), [['query', 'limit']]);
  });

  it('is for viewers; trying again is for admins', async () => {
    expectRefusal(await stand.call(caller, 'GET', '/admin/incidents'), 403, 'AWE-008');
    expectRefusal(await retry('x', viewer), 403, 'AWE-008');
    const nobody = '0197b1a2-0000-7000-8000-000000000000';
    for (const id of [
      'x',
      'lookup-1',
      `lookup-${nobody}`,
      `overdue-${nobody}`,
      'exhausted-00',
      `flood-${nobody}`,
    ]) {
      expectRefusal(await retry(id), 404, 'AWE-007', /no incident/);
    }
  });
});
