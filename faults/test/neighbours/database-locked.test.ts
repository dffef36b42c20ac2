import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCounterpart } from '../../../packages/server/test/service/counterpart.ts';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, type Task, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { deliveryWords } from './delivery-words.ts';
import { foreignSession } from './more-replicas.ts';

const CROWD = Array.from({ length: 60 }, (_, n) => `u-${n}`);

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let operator: pg.Client;

beforeAll(async () => {
  // A statement waits half of this for a lock.
  stand = await openStand({ env: { AWE__DATABASE__STATEMENT_TIMEOUT_SECONDS: '1' } });
  story = storyOf(stand);
  operator = await foreignSession(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  await stand.publish(policyOf('crowd', [{ rules: CROWD.map((id) => user(id)) }]));
});
afterAll(async () => {
  await operator.end();
  await stand.close();
});
beforeEach(async () => {
  await operator.query('begin');
});
afterEach(async () => {
  await operator.query('rollback');
  expect(await ledgerFaults(stand.sql)).toEqual([]);
});

const holds = (table: string, column: string, id: string) =>
  operator.query(`select from ${table} where ${column} = $1 for update`, [id]);
const approve = ({ assignee, id }: Task) =>
  stand.call(person(assignee), 'POST', `/tasks/${id}/decision`, { action: 'approve' });
const start = async (policy: string, more: object = {}) => {
  const { body } = await story.create(policy, more);
  return { id: body.request_id, tasks: body.tasks };
};

describe('a row that somebody at a prompt holds', () => {
  it('refuses the change of its own request and of no other that shares the statement', async () => {
    const held = await start('simple');
    const free = await Promise.all(Array.from({ length: 30 }, () => start('simple')));
    await holds('approval_request', 'id', held.id);
    const tasks = [held, ...free].flatMap((each) => each.tasks);
    const [refused, ...decided] = await Promise.all([
      ...tasks.map(approve),
      ...Array.from({ length: 10 }, () => story.create('simple')),
    ]);
    if (refused) expectRefusal(refused, 503, 'AWE-006');
    expect(new Set(decided.map((each) => each.status))).toEqual(new Set([201]));
    await operator.query('rollback');
    for (const task of held.tasks) expect((await approve(task)).status).toBe(201);
  });

  it('is waited for once by all sixty who decide on its request, not by one after the other', async () => {
    const held = await start('crowd');
    await holds('approval_request', 'id', held.id);
    for (const answer of await Promise.all(held.tasks.map(approve))) expectRefusal(answer, 503, 'AWE-006');
    await operator.query('rollback');
    const decided = await Promise.all(held.tasks.map(approve));
    expect(new Set(decided.map((each) => each.status))).toEqual(new Set([201]));
    expect(await story.statusOf(held.id)).toBe('approved');
  }, 15_000);

  it('refuses no more than the calls on it when there are many such rows', async () => {
    const held = await Promise.all(Array.from({ length: 20 }, () => start('simple')));
    const free = await Promise.all(Array.from({ length: 20 }, () => start('simple')));
    for (const { id } of held) await holds('approval_request', 'id', id);
    const [refused, decided] = await Promise.all(
      [held, free].map((all) => Promise.all(all.flatMap((each) => each.tasks).map(approve))),
    );
    for (const answer of refused ?? []) expectRefusal(answer, 503, 'AWE-006');
    expect(new Set(decided?.map((each) => each.status))).toEqual(new Set([201]));
  }, 15_000);

  it('of the outbox keeps no result of another delivery from being written', async () => {
    const words = deliveryWords(stand);
    const waiting = await startCounterpart('silent');
    const held = await start('simple', { callback_url: waiting.url });
    await waiting.called(1);
    await operator.query('select from webhook_delivery where request_id = $1 for update', [held.id]);
    waiting.answers({ status: 204 });
    // The second event of the request comes after the first was answered, whose result cannot be written.
    await waiting.called(2);
    const free = await start('simple', { callback_url: stand.receiver.url });
    await words.untilAll(free.id, (each) => each.status === 'delivered');
    expect((await words.deliveriesOf(held.id)).map((each) => each.status)).toEqual(['pending', 'pending']);
    await operator.query('rollback');
    const delivered = await words.untilAll(held.id, (each) => each.status === 'delivered');
    expect(delivered.map((each) => each.attempt)).toEqual([1, 1]);
    waiting.close();
  });
});

describe('a table that somebody holds', () => {
  it('is 503 for whoever needs it, not a wait without end, and nothing is half written', async () => {
    const { id, tasks } = await start('simple');
    await operator.query('lock table approval_decision in access exclusive mode');
    for (const task of tasks) expectRefusal(await approve(task), 503, 'AWE-006');
    await operator.query('lock table approval_task in access exclusive mode');
    expectRefusal(await stand.call(person('alice'), 'GET', '/tasks'), 503, 'AWE-006');
    expectRefusal(await story.create('simple'), 503, 'AWE-006');
    await operator.query('rollback');
    for (const task of tasks) expect((await approve(task)).status).toBe(201);
    expect(await story.statusOf(id)).toBe('approved');
  });
});
