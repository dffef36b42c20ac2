import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Overview = {
  as_of: string;
  tasks: Record<string, number | string | null>;
  requests: Record<string, number | string | null>;
  days: { day: string; created: number; approved: number; rejected: number; cancelled: number }[];
  decision_times: { policy_key: string; decided: number; median_seconds: number; p90_seconds: number }[];
  deliveries: Record<string, number | string | null>;
  incidents: Record<string, number>;
};

const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  await stand.publish(policyOf('timed', [{ rules: [user('alice')], sla_hours: 24, on_breach: 'notify' }]));
  await stand.publish(policyOf('open', [{ rules: [user('bob'), user('vera', { kind: 'observer' })] }]));
});
afterAll(() => stand.close());

const read = () => stand.call<Overview>(viewer, 'GET', '/admin/overview');
/** A page that is some seconds old is answered again; this lets them pass. */
const look = async () => {
  stand.clock.advance(61 / 3600);
  return (await read()).body;
};
const start = async (policy: string, more: object = {}) => (await story.create(policy, more)).body.request_id;
const dayOf = (at: string) => at.slice(0, 10);

describe('the overview', () => {
  it('of nothing is nothing, on thirty days', async () => {
    const { body } = await read();
    expect(body.tasks).toEqual({
      open: 0,
      oldest_at: null,
      older_than_a_day: 0,
      older_than_a_week: 0,
      overdue: 0,
      oldest_due_at: null,
    });
    expect(body.days).toHaveLength(30);
    expect(body.days.at(-1)).toEqual({
      day: dayOf(stand.clock.now()),
      created: 0,
      approved: 0,
      rejected: 0,
      cancelled: 0,
    });
    expect(body.days.map(({ day }) => day)).toEqual(body.days.map(({ day }) => day).sort());
    expect(body.decision_times).toEqual([]);
    expect(body.incidents).toEqual({ lookup_failed: 0, deliveries_exhausted: 0, overdue: 0 });
  });

  it('is remembered for some seconds, and says when it was counted', async () => {
    const first = (await read()).body;
    await start('open');
    const again = (await read()).body;
    expect(again.as_of).toBe(first.as_of);
    expect(again.tasks.open).toBe(0);
    const later = await look();
    expect(later.as_of > first.as_of).toBe(true);
    expect([later.tasks.open, later.requests.in_review]).toEqual([1, 1]);
  });

  it('counts what is open by its age, and what is past due', async () => {
    const first = (await look()).requests.oldest_open_id;
    const id = await start('timed');
    const task = await story.taskOf(id, 'alice');
    const before = await look();
    expect([before.tasks.open, before.tasks.older_than_a_day, before.tasks.overdue]).toEqual([2, 0, 0]);
    await stand.hoursPass(25);
    const { tasks, requests, incidents } = await look();
    expect(tasks).toMatchObject({ open: 2, older_than_a_day: 2, older_than_a_week: 0 });
    expect(tasks).toMatchObject({ overdue: 1, oldest_due_at: task.due_at });
    expect(incidents.overdue).toBe(1);
    expect(requests).toMatchObject({ oldest_open_id: first, in_review: 2 });
    await stand.hoursPass(24 * 7);
    expect((await look()).tasks.older_than_a_week).toBe(2);
  });

  it('counts each day, and how long decisions took', async () => {
    const [quick, slow, rejected, cancelled] = [
      await start('timed'),
      await start('timed'),
      await start('timed'),
      await start('timed'),
    ];
    const made = dayOf(stand.clock.now());
    await story.decide(quick, 'alice', 'approve');
    await stand.hoursPass(24);
    await story.decide(slow, 'alice', 'approve');
    await story.decide(rejected, 'alice', 'reject');
    await stand.call(admin, 'POST', `/requests/${cancelled}/cancel`, {});
    const decided = dayOf(stand.clock.now());
    const first = await look();
    const counts = ({ days }: Overview, day: string) => days.find((each) => each.day === day);
    expect(counts(first, made)).toEqual({ day: made, created: 4, approved: 1, rejected: 0, cancelled: 0 });
    expect(counts(first, decided)).toMatchObject({ created: 0, approved: 1, rejected: 1, cancelled: 1 });
    expect(first.requests).toMatchObject({ approved: 2, rejected: 1, cancelled: 1 });
    const [times, ...others] = first.decision_times;
    expect(others).toEqual([]);
    expect(times).toMatchObject({ policy_key: 'timed', decided: 3 });
    expect(times?.median_seconds).toBeGreaterThan(86_399);
    expect(times?.p90_seconds).toBeLessThan(86_500);

    // Days that are over are counted once; what is new is added to the others.
    await stand.hoursPass(48);
    const later = await start('timed');
    await story.decide(later, 'alice', 'approve');
    const today = dayOf(stand.clock.now());
    const second = await look();
    expect(counts(second, made)).toEqual(counts(first, made));
    expect(counts(second, decided)).toEqual(counts(first, decided));
    expect(counts(second, today)).toMatchObject({ created: 1, approved: 1 });
    await stand.hoursPass(24 * 30);
    const third = await look();
    expect(third.days.every(({ created, approved }) => created + approved === 0)).toBe(true);
    expect(third.decision_times).toEqual([]);
  });

  it('counts webhooks by status, and says since when they wait', async () => {
    const id = await start('open', { callback_url: stand.receiver.url });
    await stand.receiver.expect((each) => each.request_id === id && each.sequence === 2);
    const until = async (fits: (deliveries: Overview['deliveries']) => boolean) => {
      for (;;) {
        const { deliveries, incidents } = await look();
        if (fits(deliveries)) return { deliveries, incidents };
      }
    };
    const { deliveries } = await until((each) => each.delivered_in_a_day === 2);
    expect(deliveries).toMatchObject({ pending: 0, exhausted: 0, oldest_pending_at: null, due_since: null });

    await stand.call(admin, 'POST', '/admin/receivers/pause', { receiver: stand.receiver.url });
    const held = await start('open', { callback_url: stand.receiver.url });
    const [created] = await story.timeline(held);
    const waiting = await until((each) => each.pending === 2);
    expect(waiting.deliveries).toMatchObject({
      oldest_pending_at: created?.created_at,
      paused_receivers: 1,
    });
    expect(waiting.deliveries.due_since).not.toBeNull();
    await stand.sql(
      `update webhook_delivery set status = 'exhausted', next_attempt_at = null where request_id = $1`,
      [held],
    );
    const given = await until((each) => each.exhausted === 2);
    expect(given.deliveries).toMatchObject({ pending: 0, due_since: null });
    expect(given.incidents.deliveries_exhausted).toBe(1);
  });

  it('is for viewers', async () => {
    expectRefusal(await stand.call(caller, 'GET', '/admin/overview'), 403, 'AWE-008');
  });
});
