import type { Instant } from '@awe/engine/instant';
import { type Answer, type Lookup, lookupKey, type Needs, type People } from '@awe/engine/people';
import type { JsonObject } from '@awe/engine/policy';

/** Finds what the engine asked for. One finder's answers serve one command and are never kept for another request. */
export type PeopleFinder = (
  known: People,
  needs: Needs,
  context: JsonObject,
  now: Instant,
) => Promise<People>;

export type PeopleSources = {
  /** Never throws: what went wrong is in the answer. */
  lookUp: (lookup: Lookup, context: JsonObject) => Promise<Answer>;
  /** The delegate of each user, null for none, and of those delegates too. */
  activeDelegates: (users: string[], now: Instant) => Promise<Map<string, string | null>>;
};

export function createPeopleFinder(sources: PeopleSources): PeopleFinder {
  return async (known, needs, context, now) => {
    const [answers, delegates] = await Promise.all([
      Promise.all(
        needs.lookups.map(async (each) => [lookupKey(each), await sources.lookUp(each, context)] as const),
      ),
      needs.delegatesOf.length === 0 ? [] : sources.activeDelegates(needs.delegatesOf, now),
    ]);
    return {
      answers: new Map([...known.answers, ...answers]),
      delegates: new Map([...known.delegates, ...delegates]),
    };
  };
}
