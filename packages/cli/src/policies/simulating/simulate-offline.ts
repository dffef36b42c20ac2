import type { SimulateStageOut } from '@awe/contract/simulation';
import { quote } from '@awe/engine/fault';
import { NOBODY_ASKED } from '@awe/engine/people';
import type { JsonObject, Policy } from '@awe/engine/policy';
import { type SimulatedStage, simulate } from '@awe/engine/simulate';
import type { Definition } from '../definition.ts';
import { findPeople, type PeopleDirectory } from './people.ts';

/** A request that might be made, and the people there are. */
export type Sample = { context: JsonObject; requester: string | null; directory: PeopleDirectory };

/** What the service would answer, or why it could not find out. */
export type Simulated = { ok: true; stages: SimulateStageOut[] } | { ok: false; reason: string };

/** Lookups, the delegates of those found, and theirs: three rounds; more would be a question that no answer satisfies. */
const MAX_ROUNDS = 8;
/** Nothing depends on it: no time passes, and delegations are those of the fixture. */
const NOW = '2000-01-01T00:00:00.000Z';

/** Whom each stage would ask, by the engine that the service runs, with no service and no directory but the sample's. */
export function simulateOffline(
  definition: Definition,
  { context, requester, directory }: Sample,
): Simulated {
  const policy = policyOf(definition);
  let people = NOBODY_ASKED;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const outcome = simulate(context, requester, { policy, people, now: NOW, newId: () => '' });
    switch (outcome.kind) {
      case 'needs':
        people = findPeople(directory, people, outcome.needs);
        break;
      case 'failed':
        return { ok: false, reason: `stage ${quote(outcome.stage.name)}: ${outcome.reason}` };
      case 'simulated':
        return { ok: true, stages: outcome.stages.map(shown) };
    }
  }
  throw new Error(
    `The simulation of ${definition.policy_key} still asks for people after ${MAX_ROUNDS} answers.`,
  );
}

/** With ids that only tell stages and rules apart. */
function policyOf({ stages, ...policy }: Definition): Policy {
  return {
    ...policy,
    id: policy.policy_key,
    version: 0,
    stages: stages.map((stage, at) => {
      const rules = (kind: 'rules' | 'escalation_rules') =>
        stage[kind].map((rule, index) => ({ ...rule, id: `${at}.${kind}.${index}` }));
      return { ...stage, id: String(at), rules: rules('rules'), escalation_rules: rules('escalation_rules') };
    }),
  };
}

function shown({ stage, approvers, skip_reason, ...more }: SimulatedStage): SimulateStageOut {
  const { stage_order, name, mode, mode_value } = stage;
  return {
    ...{ stage_order, name, mode, mode_value },
    resolved_approvers: approvers,
    skipped: skip_reason !== null,
    skip_reason,
    ...more,
  };
}
