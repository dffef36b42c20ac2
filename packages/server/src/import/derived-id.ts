import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** An id for what had none in the source: the same seed and moment (Unix milliseconds) always give the same UUID v7. */
export function derivedId(seed: string, msecs: number): string {
  const random = createHash('sha256').update(`awe import\n${seed}`).digest().subarray(0, 16);
  return v7({ random, msecs, seq: random.readUInt32BE(12) });
}
