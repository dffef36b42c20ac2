import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { census } from '../../../packages/server/test/service/census.ts';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { admin, openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { deliveryWords } from './delivery-words.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

/** From now on the disk has no room for another row of the table, or for a change of one. */
const fills = (table: string, event: 'insert' | 'update') =>
  stand.sql(`create trigger disk_full before ${event} on ${table} for each row execute function disk_full()`);
const TABLES = [
  'approval_request',
  'approval_task',
  'approval_decision',
  'approval_event',
  'webhook_delivery',
  'idempotency_key',
  'approval_policy',
];
const hasRoom = async () => {
  for (const table of TABLES) await stand.sql(`drop trigger if exists disk_full on ${table}`);
};

beforeAll(async () => {
  stand = await openStand({ env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  await stand.sql(`create function disk_full() returns trigger language plpgsql as $$
    begin
      raise exception 'could not extend file "base/16384/16385": No space left on device' using errcode = '53100';
    end $$`);
});
afterEach(async () => {
  await hasRoom();
  expect(await ledgerFaults(stand.sql)).toEqual([]);
});
afterAll(() => stand.close());

const create = (key: string) =>
  story.create('simple', { callback_url: stand.receiver.url }, { 'idempotency-key': key });

describe('a disk that is full', () => {
  it.each(['approval_request', 'approval_task', 'approval_event', 'webhook_delivery', 'idempotency_key'])(
    'at %s: many creations at once are refused whole, and work again afterwards under the same keys',
    async (table) => {
      const before = await census(stand);
      await fills(table, 'insert');
      const keys = Array.from({ length: 40 }, (_, n) => `${table}-${n}`);
      for (const answer of await Promise.all(keys.map(create)))
        expectRefusal(answer, 503, 'AWE-006', /same Idempotency-Key/);
      expect(await census(stand)).toEqual(before);
      await hasRoom();
      const made = await Promise.all(keys.map(create));
      expect(new Set(made.map((each) => each.status))).toEqual(new Set([201]));
      expect((await census(stand)).approval_request).toBe((before.approval_request ?? 0) + keys.length);
    },
  );

  it('refuses decisions, cancellations and policies; what is read is read; and everything works afterwards', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => create(`decided-${n}`)));
    const tasks = made.flatMap((each) => each.body.tasks);
    const decide = () =>
      Promise.all(
        tasks.map(({ id }) =>
          stand.call(person('alice'), 'POST', `/tasks/${id}/decision`, { action: 'approve' }),
        ),
      );
    const before = await census(stand);
    await fills('approval_decision', 'insert');
    await fills('approval_request', 'update');
    await fills('approval_policy', 'insert');
    for (const answer of await decide()) expectRefusal(answer, 503, 'AWE-006');
    const cancel = () => stand.call(admin, 'POST', `/requests/${made[0]?.body.request_id}/cancel`, {});
    expectRefusal(await cancel(), 503, 'AWE-006');
    const policy = policyOf('another', [{ rules: [user('alice')] }]);
    expectRefusal(await stand.call(admin, 'POST', '/policies', policy), 503, 'AWE-006');
    expect((await stand.call(null, 'GET', '/health')).status).toBe(200);
    expect((await stand.call(admin, 'GET', '/tasks?assignee=alice')).status).toBe(200);
    expect(await census(stand)).toEqual(before);
    await hasRoom();
    for (const answer of await decide()) expect(answer.status).toBe(201);
    await stand.publish(policy);
  });

  it('keeps the results of callbacks until there is room, and sends none twice', async () => {
    await fills('webhook_delivery', 'update');
    const { body } = await create('results');
    const arrived = (sequence: number) =>
      stand.receiver.expect((each) => each.request_id === body.request_id && each.sequence === sequence);
    await arrived(1);
    await arrived(2);
    const words = deliveryWords(stand);
    expect((await words.deliveriesOf(body.request_id)).map((each) => each.status)).toEqual([
      'pending',
      'pending',
    ]);
    await hasRoom();
    const delivered = await words.untilAll(body.request_id, (each) => each.status === 'delivered');
    expect(delivered.map((each) => each.attempt)).toEqual([1, 1]);
  });
});
