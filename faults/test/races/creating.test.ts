import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { type Answer, caller, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { openTwoProcesses } from '../../two-processes.ts';
import { movesOn } from './moves.ts';
import { atOnce, counted, type Move, PATIENCE, race } from './race.ts';

let stand: Stand;
let keys = 0;
const { outcomeOf } = movesOn(() => stand);

const CALLS = 50;

beforeAll(async () => {
  stand = await counted(openTwoProcesses());
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(() => stand.close());

/** Fifty calls in the same moment with a key that was never used, each with the artifact that `artifactOf` says. */
async function fifty(pauses: number[], artifactOf: (index: number) => string): Promise<Answer[]> {
  keys += 1;
  const headers = { 'idempotency-key': `key ${keys}` };
  const moves = Array.from({ length: CALLS }, (_, index): Move => {
    const body = {
      policy_key: 'simple',
      artifact_type: 't',
      artifact_id: artifactOf(index),
      context: { n: keys },
      callback_url: stand.receiver.url,
    };
    return (replica) => stand.call(caller, 'POST', '/requests', body, { headers, replica });
  });
  return atOnce(pauses, moves);
}

/** The one request of this round: the only one that its context names. */
async function expectOneRequest(answers: Answer[]): Promise<void> {
  expect(new Set(answers.map((each) => each.status))).toEqual(new Set([201]));
  expect(new Set(answers.map((each) => each.text)).size).toBe(1);
  const id = String(answers[0]?.body.request_id);
  const made = await stand.sql(
    `select id from approval_request where context = jsonb_build_object('n', $1::int)`,
    [keys],
  );
  expect(made).toEqual([{ id }]);
  expect((await outcomeOf({ id })).told).toEqual({ request_created: 1, stage_started: 1 });
}

describe('fifty creations with one key at once, over two processes', PATIENCE, () => {
  it('make one request, and get the same bytes', async () => {
    await race(3, CALLS, async (pauses) => {
      await expectOneRequest(await fifty(pauses, () => 'same'));
    });
  });

  it('make one request when their bodies differ, and the others are told so', async () => {
    await race(3, CALLS, async (pauses) => {
      // By pairs, so that each replica has both bodies.
      const answers = await fifty(pauses, (index) => (index % 4 < 2 ? 'this' : 'that'));
      const refused = answers.filter((each) => each.status !== 201);
      for (const each of refused) expectRefusal(each, 409, 'AWE-009', /different body/);
      expect(refused).toHaveLength(answers[0]?.status === 201 ? 24 : 26);
      await expectOneRequest(answers.filter((each) => each.status === 201));
    });
  });

  it('leave nothing wrong behind', async () => {
    expect(await ledgerFaults(stand.sql)).toEqual([]);
    const [kept] = await stand.sql('select count(*)::int as keys from idempotency_key');
    expect(kept).toEqual({ keys });
  });
});
