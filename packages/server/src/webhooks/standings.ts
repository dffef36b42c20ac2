import { originOf } from '../ledger/deliveries-receiver.ts';

/**
 * `quick`: as far as is known, it answers soon. `slow`: its last attempt took long. `silent`: its last attempt took long
 * and got no answer at all.
 */
export type Pace = 'quick' | 'slow' | 'silent';

/** How many attempts a lane may have in flight, and how long they are likely to take. */
export type Standing = { places: number; pace: Pace };

/**
 * What the attempts so far have told about receivers, and about origins. A receiver that is not known shares the lane of
 * its origin with all others like it: callers may put an id into the path, and a dead host then has a new receiver for
 * every request.
 */
export type Standings = {
  /** The lane that a receiver's attempts belong to: the receiver itself when it is known, else its origin. */
  laneOf: (receiver: string) => string;
  of: (lane: string) => Standing;
  /** An attempt is taking long, and has not ended. */
  late: (lane: string) => void;
  /** An attempt was answered, whatever the status. */
  answered: (lane: string, wasLate: boolean) => void;
  /** An attempt ended without an answer. */
  unanswered: (lane: string, wasLate: boolean) => void;
  /** Everything that is known: origins, and receivers. */
  origins: () => Iterable<[string, Standing]>;
  receivers: () => Iterable<[string, Standing]>;
};

/** Of each kind. What is forgotten is met again as if for the first time. */
const REMEMBERED = 1_000;

/** `widest`: places at most. */
export function createStandings(widest: number): Standings {
  const origins = new Map<string, Standing>();
  const receivers = new Map<string, Standing>();
  // One attempt of each new receiver side by side; a receiver that is met gets its second place with its first answer.
  const newOrigin: Standing = { places: widest, pace: 'quick' };
  const newReceiver: Standing = { places: 1, pace: 'quick' };

  const isOrigin = (lane: string) => originOf(lane) === lane;

  function of(lane: string): Standing {
    return isOrigin(lane) ? (origins.get(lane) ?? newOrigin) : (receivers.get(lane) ?? newReceiver);
  }

  function learn(lane: string, standing: Standing): void {
    const known = isOrigin(lane) ? origins : receivers;
    // A Map keeps the order of insertion: its first entry is the one that nothing was learnt of for the longest time.
    known.delete(lane);
    known.set(lane, standing);
    for (const [oldest] of known) {
      if (known.size <= REMEMBERED) break;
      known.delete(oldest);
    }
  }

  return {
    laneOf: (receiver) => (receivers.has(receiver) ? receiver : originOf(receiver)),
    of,
    late: (lane) => learn(lane, { places: Math.ceil(of(lane).places / 2), pace: 'slow' }),
    answered(lane, wasLate) {
      const { places } = of(lane);
      // A late answer gives back what the lateness took: who is always slow keeps its places.
      if (wasLate) learn(lane, { places: Math.min(widest, places * 2), pace: 'slow' });
      else learn(lane, { places: Math.min(widest, places + 1), pace: 'quick' });
    },
    unanswered: (lane, wasLate) => learn(lane, { places: 1, pace: wasLate ? 'silent' : 'quick' }),
    origins: () => origins,
    receivers: () => receivers,
  };
}
