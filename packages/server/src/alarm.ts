/** A timer that can be set earlier, woken, and put off. Node's timers hold at most 2^31-1 ms; nobody sleeps that long here. */
export type Alarm = {
  /** Resolves after `ms`, or earlier when rung. */
  sleep: (ms: number) => Promise<void>;
  /** Ends the present sleep; when nobody sleeps, the next sleep ends at once. */
  ring: () => void;
};

export function createAlarm(): Alarm {
  let wakeUp: (() => void) | null = null;
  let rung = false;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        if (rung) {
          rung = false;
          resolve();
          return;
        }
        const done = () => {
          clearTimeout(timer);
          wakeUp = null;
          resolve();
        };
        const timer = setTimeout(done, ms);
        wakeUp = done;
      }),
    ring: () => {
      if (wakeUp) wakeUp();
      else rung = true;
    },
  };
}
