/** The work of one receiver: how much runs, and what waits for its turn. */
type Lane = { running: number; waiting: (() => Promise<void>)[] };

/** Jobs side by side: each receiver has its own lane, so that a slow one only ever waits for itself. */
export type Lanes = {
  /** Runs the job as soon as its lane has a place. A job must not reject. */
  add: (receiver: string, job: () => Promise<void>) => void;
  /** Jobs that run or wait, by receiver; receivers without any are not in it. */
  held: () => ReadonlyMap<string, number>;
  /** All jobs that run or wait. */
  size: () => number;
  /** Resolves when nothing runs or waits. */
  idle: () => Promise<void>;
};

/** `width`: how many jobs of one lane run at once. `onDone` is told after each job. */
export function createLanes(width: number, onDone: () => void): Lanes {
  const lanes = new Map<string, Lane>();
  let size = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  function fill(receiver: string, lane: Lane): void {
    while (lane.running < width) {
      const job = lane.waiting.shift();
      if (!job) break;
      lane.running += 1;
      void job().finally(() => {
        lane.running -= 1;
        size -= 1;
        fill(receiver, lane);
        if (lane.running === 0) lanes.delete(receiver);
        if (size === 0) idle.resolve();
        onDone();
      });
    }
  }

  return {
    add(receiver, job) {
      const lane = lanes.get(receiver) ?? { running: 0, waiting: [] };
      lanes.set(receiver, lane);
      lane.waiting.push(job);
      if (size === 0) idle = Promise.withResolvers<void>();
      size += 1;
      fill(receiver, lane);
    },
    held: () => new Map([...lanes].map(([receiver, lane]) => [receiver, lane.running + lane.waiting.length])),
    size: () => size,
    idle: () => idle.promise,
  };
}
