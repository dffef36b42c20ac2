import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Answer, openStand, type Stand } from '../../../packages/server/test/service/stand.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2_147_483_647);
const ROUNDS = process.env.AWE_RACES === undefined ? null : Number(process.env.AWE_RACES);
console.info(
  `races run with AWE_SEED=${SEED}; set it for the same delays again, and AWE_RACES for so many rounds`,
);

/** One call of a race, on replica 0 or 1. */
export type Move = (replica: number) => Promise<Answer>;

/** Long enough for any number of rounds; nothing is measured by it. */
export const PATIENCE = { timeout: 60_000 + (ROUNDS ?? 0) * 5_000 };

/** Up to a few milliseconds before each of the moves that race. Zero is the likeliest and the hardest. */
const pauses = (moves: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 })), { minLength: moves, maxLength: moves });

/** Plays a race as often as AWE_RACES says, else as an everyday run has time for; a failure names the seed and the delays. */
export const race = (everyday: number, moves: number, play: (pauses: number[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(pauses(moves), play), {
    seed: SEED,
    numRuns: ROUNDS ?? everyday,
    endOnFailure: true,
  });

/** How often each race came to which statuses: a race that always ends in one way was none. */
const ENDS = new Map<string, number>();

/** Every move after its pause, by turns on the two replicas. The answers are in the order of the moves. */
export async function atOnce(pauses: number[], moves: Move[]): Promise<Answer[]> {
  const answers = await Promise.all(
    moves.map(async (move, index) => {
      await wait(pauses[index] ?? 0);
      return move(index % 2);
    }),
  );
  const statuses = answers.map((each) => each.status);
  // Of a crowd it is enough to know who came first.
  const end = `${expect.getState().currentTestName}: ${statuses.slice(0, 6).join(' ')}`;
  ENDS.set(end, (ENDS.get(end) ?? 0) + 1);
  return answers;
}

/** The stand, with its calls counted; closing it says how many there were, and of a long run also what they came to. */
export async function counted(opening: Promise<Stand> = openStand({ replicas: 2 })): Promise<Stand> {
  const stand = await opening;
  let calls = 0;
  const began = performance.now();
  return {
    ...stand,
    call: (...given) => {
      calls += 1;
      return stand.call(...given);
    },
    close: async () => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const [requests] = await stand.sql<{ n: string }>('select count(*) as n from approval_request');
      if (ROUNDS !== null) console.info([...ENDS].map(([end, times]) => `${times} x ${end}`).join('\n'));
      console.info(`races: ${calls} calls on ${requests?.n ?? 0} requests in ${seconds} s, AWE_SEED=${SEED}`);
      await stand.close();
    },
  };
}
