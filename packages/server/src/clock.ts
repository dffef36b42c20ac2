import { randomFillSync } from 'node:crypto';
import type { Instant } from '@awe/engine/instant';
import { v7 } from 'uuid';

/** The one source of time and ids; tests bring their own. Ids are UUID v7 of the clock's time, so that they sort by it. */
export type Clock = { now: () => Instant; newId: () => string };

const BYTES_AN_ID = 16;
const IDS_A_DRAW = 256;

/**
 * UUID v7, ascending within this process: ids of one millisecond count on from a random start (RFC 9562, 6.2). Asking the
 * system for randomness costs some 10 µs however much it is, so {@link IDS_A_DRAW} ids share one draw.
 */
function createIds(): () => string {
  const drawn = Buffer.alloc(BYTES_AN_ID * IDS_A_DRAW);
  let used = drawn.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    const random = drawn.subarray(used, used + BYTES_AN_ID);
    used += BYTES_AN_ID;
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      // The highest bit stays free, so that counting on cannot overflow within a millisecond.
      seq = random.readUInt32BE(6) & 0x7fffffff;
    } else {
      seq += 1;
    }
    return v7({ random, msecs, seq });
  };
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  newId: createIds(),
};
