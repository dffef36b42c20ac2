import type { SimulateResponse, SimulateStageOut } from '@awe/contract/simulation';
import { quote } from '@awe/engine/fault';
import { NOBODY_ASKED } from '@awe/engine/people';
import type { JsonObject } from '@awe/engine/policy';
import { type SimulatedStage, simulate } from '@awe/engine/simulate';
import type { PeopleFinder } from '../approvals/people-finder.ts';
import { AweError } from '../awe-error.ts';
import { getVersion } from './policy-reading.ts';
import type { PolicyServices } from './policy-services.ts';

/** Lookups, the delegates of those found, and theirs: three rounds; more would be a question that no answer satisfies. */
const MAX_ROUNDS = 8;

/**
 * Whom each stage of a version would ask for this sample, were it reached now. Writes nothing. Throws `policy_not_found`,
 * and `upstream_failed` when the people of a stage cannot be found out.
 */
export async function simulatePolicy(
  services: PolicyServices & { findPeople: PeopleFinder },
  key: string,
  version: number,
  sample: { context: JsonObject; requester: string | null },
): Promise<SimulateResponse> {
  const policy = await getVersion(services, key, version);
  const { now, newId } = services.clock;
  const moment = now();
  let people = NOBODY_ASKED;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const outcome = simulate(sample.context, sample.requester, { policy, people, now: moment, newId });
    switch (outcome.kind) {
      case 'needs':
        people = await services.findPeople(people, outcome.needs, sample.context, moment);
        break;
      case 'failed':
        throw new AweError(
          'upstream_failed',
          `The approvers of stage ${outcome.stage.stage_order}, ${quote(outcome.stage.name)}, could not be found: ${outcome.reason}. Try again, or correct the rule.`,
        );
      case 'simulated':
        return {
          policy_id: policy.id,
          policy_version: policy.version,
          stages: outcome.stages.map(shown),
        };
    }
  }
  throw new Error(`The simulation of ${policy.id} still asks for people after ${MAX_ROUNDS} answers.`);
}

function shown({ stage, approvers, skip_reason, ...more }: SimulatedStage): SimulateStageOut {
  return {
    stage_order: stage.stage_order,
    name: stage.name,
    mode: stage.mode,
    mode_value: stage.mode_value,
    resolved_approvers: approvers,
    skipped: skip_reason !== null,
    skip_reason,
    ...more,
  };
}
