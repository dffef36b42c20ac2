import type { SimulateStageOut } from '@awe/contract/simulation';
import { quote } from '@awe/engine/fault';
import type { Simulated } from './simulate-offline.ts';

/**
 * What a case expects of one stage. What is not said is not looked at, except that a stage is expected to open unless
 * `skipped` or `blocked` says otherwise, and its `skip_if` to be computable. People are compared without their order.
 */
export type ExpectedStage = {
  name: string;
  approvers?: readonly string[];
  required?: readonly string[];
  observers?: readonly string[];
  needed?: number | null;
  skipped?: 'skip_if' | 'no_approvers';
  /** The reason of the rejection. */
  blocked?: string;
  /** A part of the message. */
  skip_if_error?: string;
};

/** All stages, in the order they run; or a part of the reason why nothing can be found out. */
export type Expectation = { stages?: readonly ExpectedStage[]; fails?: string };

/** One thing that came out differently. `where`: the stage by its name, or null for the whole. */
export type Difference = { where: string | null; what: string; expected: string; actual: string };

/** Everything in which what came out differs from what was expected. */
export function differences(expected: Expectation, simulated: Simulated): Difference[] {
  if (!simulated.ok) {
    const meant = expected.fails !== undefined && simulated.reason.includes(expected.fails);
    return meant
      ? []
      : [whole('outcome', expected.fails ?? 'people are found', `fails: ${simulated.reason}`)];
  }
  if (expected.fails !== undefined) return [whole('outcome', `fails: ${expected.fails}`, 'people are found')];
  const wanted = expected.stages ?? [];
  const names = (stages: readonly { name: string }[]) =>
    stages.map(({ name }) => quote(name)).join(', ') || 'none';
  if (names(wanted) !== names(simulated.stages))
    return [whole('stages', names(wanted), names(simulated.stages))];
  return wanted.flatMap((stage, at) => {
    const actual = simulated.stages[at];
    return actual ? stageDifferences(stage, actual) : [];
  });
}

function stageDifferences(expected: ExpectedStage, actual: SimulateStageOut): Difference[] {
  const { name, approvers, required, observers, needed, skipped, blocked, skip_if_error } = expected;
  const told = (what: string, wanted: string, came: string): Difference[] =>
    wanted === came ? [] : [{ where: name, what, expected: wanted, actual: came }];
  const people = (what: string, wanted: readonly string[] | undefined, came: readonly string[] = []) =>
    wanted === undefined ? [] : told(what, listed(wanted), listed(came));
  const error = actual.skip_if_error ?? null;
  return [
    ...told('skipped', skipped ?? 'no', actual.skip_reason ?? 'no'),
    ...told('blocked', blocked ?? 'no', actual.blocked_reason ?? 'no'),
    ...people('approvers', approvers, actual.resolved_approvers),
    ...people('required', required, actual.required_approvers),
    ...people('observers', observers, actual.observers),
    ...(needed === undefined ? [] : told('needed', String(needed), String(actual.needed ?? null))),
    ...(skip_if_error !== undefined && error?.includes(skip_if_error)
      ? []
      : told('skip_if_error', skip_if_error ?? 'none', error ?? 'none')),
  ];
}

function listed(people: readonly string[]): string {
  return [...people].sort().join(', ') || 'nobody';
}

function whole(what: string, expected: string, actual: string): Difference {
  return { where: null, what, expected, actual };
}
