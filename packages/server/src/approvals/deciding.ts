import type { Approval } from '@awe/engine/approval';
import type { Outcome, Refusal } from '@awe/engine/command';
import type { World } from '@awe/engine/draft';
import type { Instant } from '@awe/engine/instant';
import { NOBODY_ASKED, type People } from '@awe/engine/people';
import type { JsonObject, Policy } from '@awe/engine/policy';
import { AweError, type AweErrorKind } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import type { PeopleFinder } from './people-finder.ts';

/** An outcome that asks for nothing more. */
export type Decided = Exclude<Outcome, { kind: 'needs' }>;

/** More rounds than any policy can ask for: each round answers at least one question, or it is our own fault. */
const MOST_ROUNDS = 1_000;

/**
 * Lets the engine decide, finding the people it asks for in between. `known` is filled as they are found, so that a
 * second try after a conflict asks nobody twice. What is decided is dated when it is decided: finding people takes time,
 * and others decide meanwhile.
 */
export async function decideWith(
  engine: (world: World) => Outcome,
  setting: { policy: Policy; context: JsonObject; now: () => Instant; known: { people: People } },
  { clock, findPeople }: { clock: Clock; findPeople: PeopleFinder },
): Promise<Decided> {
  const { policy, context, known } = setting;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const now = setting.now();
    const outcome = engine({ policy, people: known.people, now, newId: clock.newId });
    if (outcome.kind !== 'needs') return outcome;
    known.people = await findPeople(known.people, outcome.needs, context, now);
  }
  throw new Error(`policy version ${policy.id} asked for people more than ${MOST_ROUNDS} times`);
}

export function nobodyKnown(): { people: People } {
  return { people: NOBODY_ASKED };
}

/** Time never runs backwards within one request, whatever the clocks of the replicas say. */
export function notBefore(now: Instant, approval: Approval): Instant {
  return now < approval.request.updated_at ? approval.request.updated_at : now;
}

const KIND_OF_REFUSAL: Record<Refusal['code'], AweErrorKind> = {
  forbidden: 'forbidden',
  conflict: 'conflict',
  unavailable: 'upstream_failed',
  missing: 'task_not_found',
};

export function toError({ code, message }: Refusal): AweError {
  return new AweError(KIND_OF_REFUSAL[code], message);
}
