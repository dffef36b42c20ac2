import { setTimeout as delay } from 'node:timers/promises';

/**
 * `times`: milliseconds of each operation. `seconds`: how long callers were at it, on average, so that operations over seconds
 * is their rate whatever was still under way when the time was up. `operations`: all that were done, timed or not.
 */
export type Timed = { times: number[]; seconds: number; operations: number };

/** `caller` and `turn` count from 0. */
export type Work = (caller: number, turn: number) => Promise<void>;

/**
 * `callers` loops that each wait for their answer before they ask again, and begin no more after `seconds`. Rejects with
 * the first failure, after all have stopped.
 */
export async function closedLoop(callers: number, seconds: number, work: Work): Promise<Timed> {
  const times: number[] = [];
  let busyMs = 0;
  const end = performance.now() + seconds * 1000;
  await together(callers, async (caller, failed) => {
    for (let turn = 0; performance.now() < end && !failed(); turn += 1) {
      const began = performance.now();
      await work(caller, turn);
      const took = performance.now() - began;
      times.push(took);
      busyMs += took;
    }
  });
  return { times, seconds: busyMs / callers / 1000, operations: times.length };
}

/** `total` operations by `callers` loops, as fast as they go; `work` is told which one (its `turn`) it does. */
export async function countedLoop(callers: number, total: number, work: Work): Promise<Timed> {
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  await together(callers, async (caller, failed) => {
    while (next < total && !failed()) {
      const turn = next;
      next += 1;
      const began = performance.now();
      await work(caller, turn);
      times.push(performance.now() - began);
    }
  });
  return { times, seconds: (performance.now() - start) / 1000, operations: times.length };
}

/**
 * Operations that begin `perSecond` times a second whatever the answers do, by at most `callers` at once. A time counts
 * from when the operation was to begin, so that one slow answer does not hide the ones that had to wait behind it.
 */
export async function pacedLoop(
  callers: number,
  seconds: number,
  perSecond: number,
  work: Work,
): Promise<Timed> {
  const times: number[] = [];
  const total = Math.floor(perSecond * seconds);
  let next = 0;
  const start = performance.now();
  await together(callers, async (caller, failed) => {
    while (next < total && !failed()) {
      const turn = next;
      next += 1;
      const due = start + (turn / perSecond) * 1000;
      const early = due - performance.now();
      if (early > 0) await delay(early);
      await work(caller, turn);
      times.push(performance.now() - due);
    }
  });
  return { times, seconds: (performance.now() - start) / 1000, operations: times.length };
}

/** Runs `callers` loops until each has ended; the first failure tells the others to stop. */
async function together(
  callers: number,
  loop: (caller: number, failed: () => boolean) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(
    Array.from({ length: callers }, (_, caller) =>
      loop(caller, () => failures.length > 0).catch((error: unknown) => failures.push(error)),
    ),
  );
  if (failures.length > 0) throw failures[0];
}
