import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { type Answer, openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { type Created, policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { deliveryWords } from './delivery-words.ts';

const CALLERS = 8;
const ROUNDS = 8;
const CUTS = 12;

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand({
    replicas: 2,
    env: { AWE__DATABASE__POOL_SIZE: '8', AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' },
  });
  story = storyOf(stand);
  await stand.publish(policyOf('pair', [{ rules: [user('alice'), user('bob')] }]));
});
afterAll(() => stand.close());

/** Repeats a call for as long as the answer is the honest 503 of a database that was away. */
async function persist<T>(call: () => Promise<Answer<T>>): Promise<{ answer: Answer<T>; refused: number }> {
  for (let refused = 0; ; refused += 1) {
    const answer = await call();
    if (answer.status !== 503) return { answer, refused };
    expectRefusal(answer, 503, 'AWE-006');
  }
}

/** All connections of the service to its database. Returns how many there were. */
async function cut(): Promise<number> {
  const [row] = await stand.sql<{ cut: number }>(
    `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
     where datname = current_database() and application_name = 'awe'`,
  );
  return row?.cut ?? 0;
}

it('connections cut under load: every call is answered, and nothing acknowledged is lost or doubled', async () => {
  const created: string[] = [];
  let refusals = 0;
  let working = CALLERS;
  const work = async (caller: number) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = `cut-${caller}-${round}`;
      const more = { artifact_id: key, callback_url: stand.receiver.url };
      const first = await persist<Created>(() => story.create('pair', more, { 'idempotency-key': key }));
      expect([first.answer.status, first.answer.text]).toEqual([201, expect.any(String)]);
      created.push(first.answer.body.request_id);
      refusals += first.refused;
      for (const task of first.answer.body.tasks) {
        const replica = round % 2;
        const decided = await persist(() =>
          stand.call(
            person(task.assignee),
            'POST',
            `/tasks/${task.id}/decision`,
            { action: 'approve' },
            { replica },
          ),
        );
        // A decision whose answer was lost with its connection may have been made: then it is made already.
        expect([201, ...(decided.refused > 0 ? [409] : [])]).toContain(decided.answer.status);
        refusals += decided.refused;
      }
    }
    working -= 1;
  };
  const knife = async () => {
    let cuts = 0;
    // After each cut some calls get through, so that it meets statements under way.
    for (let seen = -1; working > 0 && cuts < CUTS; ) {
      if (created.length === seen) {
        await stand.sql('select pg_sleep(0.002)');
        continue;
      }
      seen = created.length;
      cuts += (await cut()) > 0 ? 1 : 0;
    }
    return cuts;
  };
  const [cuts] = await Promise.all([knife(), ...Array.from({ length: CALLERS }, (_, n) => work(n))]);
  expect(cuts).toBeGreaterThan(CUTS / 2);
  expect(refusals).toBeGreaterThan(0);

  expect(new Set(created).size).toBe(CALLERS * ROUNDS);
  const [rows] = await stand.sql(`select
    (select count(*)::int from approval_request) as requests,
    (select count(*)::int from approval_request where status = 'approved') as approved,
    (select count(*)::int from approval_decision) as decisions,
    (select count(*)::int from (select distinct task_id from approval_decision) as d) as decided`);
  const requests = CALLERS * ROUNDS;
  expect(rows).toEqual({ requests, approved: requests, decisions: 2 * requests, decided: 2 * requests });
  expect(await ledgerFaults(stand.sql)).toEqual([]);
  // The leases of attempts whose results were lost have ended by then.
  stand.clock.advance(0.1);
  const words = deliveryWords(stand);
  for (const id of created) await words.untilAll(id, (each) => each.status === 'delivered');
});
