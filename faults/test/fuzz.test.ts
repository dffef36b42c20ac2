import { OPERATION_LIST } from '@awe/contract/operations';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../packages/server/test/postgres.ts';
import { missingFrom } from '../fuzz/coverage.ts';
import { fuzz } from '../fuzz/fuzzing.ts';
import { reportOf } from '../fuzz/report.ts';
import { startTarget, type Target } from '../fuzz/target.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2_147_483_647);
console.info(`fuzzing with AWE_SEED=${SEED}; set it to send the same calls again`);

const CALLS = 2_500;
/** A third of an operation's share, which chance does not undercut. */
const LEAST_CALLS = CALLS / OPERATION_LIST.length / 3;
/** Chance may leave out one answer in a round, hardly the same one in three. */
const ROUNDS = 3;

/** Ten seconds a round by itself; beside other tests several times that. */
const TIMEOUT_MS = 300_000;

let database: FreshDatabase;
let target: Target;

beforeAll(async () => {
  database = await freshDatabase();
  target = await startTarget(database.url);
});
afterAll(async () => {
  expect(await target.stop()).toEqual([]);
  await database.drop();
});

it(
  'answers whatever comes as its document says, and every documented answer comes',
  async () => {
    let missing: string[] = [];
    for (let round = 0; round === 0 || (missing.length > 0 && round < ROUNDS); round += 1) {
      const seed = SEED + round;
      const outcome = await fuzz(target, { calls: CALLS, seed, only: null, onProgress: () => {} });
      expect([outcome.finding, outcome.aftermath], reportOf(outcome, seed)).toEqual([null, []]);
      for (const [name] of OPERATION_LIST)
        expect(outcome.tally.calls(name), name).toBeGreaterThan(LEAST_CALLS);
      const now = missingFrom(outcome.tally);
      missing = round === 0 ? now : missing.filter((answer) => now.includes(answer));
    }
    expect(missing).toEqual([]);
  },
  TIMEOUT_MS,
);
