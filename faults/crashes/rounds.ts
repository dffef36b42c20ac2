import { playRound, type RoundResult } from './round.ts';
import type { Fault } from './strikes.ts';

export type RoundsOptions = {
  rounds: number;
  seed: number;
  only: readonly Fault[];
  lanes: number;
  /** Told of each round when it has ended. `place` counts from 1. */
  onRound: (result: RoundResult, place: number) => Promise<void> | void;
};

/** Plays rounds, the faults in turn, `lanes` of them at a time. Round n, counted from 0, has seed `seed + n`. */
export async function playRounds(options: RoundsOptions): Promise<RoundResult[]> {
  const { rounds, seed, only, lanes, onRound } = options;
  const results: RoundResult[] = [];
  let next = 0;
  const lane = async () => {
    while (next < rounds) {
      const number = next;
      next += 1;
      const fault = only[number % only.length]!;
      const { evidence, ...result } = await playRound({ fault, seed: seed + number });
      // Its calls and ledger are megabytes: they are handed on, and not kept.
      results.push({ ...result, evidence: {} });
      await onRound({ ...result, evidence }, results.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
