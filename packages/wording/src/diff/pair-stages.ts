import type { StageIn } from '@awe/contract/policies';
import { canonical } from './canonical.ts';

export type Pair = { before: StageIn; after: StageIn };
type Candidate = Pair & { likeness: number };

/** A stage with another name is the same stage when at least half of its rules are. */
const ALIKE = 0.5;

/**
 * Which stage of one version is which of the other, as no id says it: the same name first, and of those of one name the
 * most alike; then stages that were renamed, by their rules. Stages without a partner were added or removed.
 */
export function pairStages(before: readonly StageIn[], after: readonly StageIn[]): Pair[] {
  const named = matched(candidates(before, after, (a, b) => a.name.trim() === b.name.trim()));
  const paired = new Set(named.flatMap((pair) => [pair.before, pair.after]));
  const isLeft = (stage: StageIn) => !paired.has(stage);
  const renamed = candidates(before.filter(isLeft), after.filter(isLeft), (a, b) => likeness(a, b) >= ALIKE);
  return [...named, ...matched(renamed)];
}

function candidates(
  before: readonly StageIn[],
  after: readonly StageIn[],
  fits: (a: StageIn, b: StageIn) => boolean,
): Candidate[] {
  return before.flatMap((a) =>
    after
      .filter((b) => fits(a, b))
      .map((b) => ({ before: a, after: b, likeness: likeness(a, b) - distance(a, b) })),
  );
}

/** The most alike first, each stage once. */
function matched(all: readonly Candidate[]): Pair[] {
  const taken = new Set<StageIn>();
  return all
    .toSorted((a, b) => b.likeness - a.likeness)
    .flatMap(({ before, after }) => {
      if (taken.has(before) || taken.has(after)) return [];
      taken.add(before).add(after);
      return [{ before, after }];
    });
}

/** The share of rules they have in common, from 0 to 1. */
function likeness(a: StageIn, b: StageIn): number {
  const [rulesOfA, rulesOfB] = [ruleTexts(a), ruleTexts(b)];
  const all = new Set([...rulesOfA, ...rulesOfB]).size;
  const shared = [...rulesOfA].filter((rule) => rulesOfB.has(rule)).length;
  return all === 0 ? 0 : shared / all;
}

/** Decides between stages that are equally alike: the nearer one. Far below any likeness. */
function distance(a: StageIn, b: StageIn): number {
  return Math.abs(a.stage_order - b.stage_order) / 1e12;
}

function ruleTexts({ rules = [] }: StageIn): Set<string> {
  return new Set(rules.map(({ rule_type, rule_value }) => canonical([rule_type, rule_value])));
}
