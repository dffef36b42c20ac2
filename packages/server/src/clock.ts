import type { Instant } from '@awe/engine/instant';
import { v7 } from 'uuid';

/** The one source of time and ids; tests bring their own. Ids are UUID v7 of the clock's time, so that they sort by it. */
export type Clock = { now: () => Instant; newId: () => string };

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  newId: () => v7(),
};
