import type { PolicyCreate, StageIn } from '@awe/contract/policies';
import { policyDiff } from '../strings/diff.ts';
import { policyWords } from '../strings/words.ts';
import { stepsOf } from '../words/steps.ts';
import { type Change, changeOf, type PolicyDiff, type StageDiff } from './change.ts';
import { movedStages } from './moved-stages.ts';
import { type Pair, pairStages } from './pair-stages.ts';
import { stageChanges } from './stage-changes.ts';

const words = policyDiff;

/** What it means that `after` takes the place of `before`: defaults count as given, numbers without meaning do not. */
export function semanticDiff(before: PolicyCreate, after: PolicyCreate): PolicyDiff {
  const policy = [
    ...changeOf('name', before.name, after.name),
    ...changeOf('description', before.description || null, after.description || null),
    ...changeOf('artifact_type', before.artifact_type, after.artifact_type),
    ...filterChange('forbid_self_approval', before, after),
    ...filterChange('forbid_repeat_approvers', before, after),
  ];
  const stages = stageDiffs(before.stages ?? [], after.stages ?? []);
  return { policy, stages, isEmpty: policy.length === 0 && stages.every(({ kind }) => kind === 'unchanged') };
}

function filterChange(
  aspect: 'forbid_self_approval' | 'forbid_repeat_approvers',
  before: PolicyCreate,
  after: PolicyCreate,
): Change[] {
  const said = (policy: PolicyCreate) => (policy[aspect] ? words.filters[aspect] : words.notFiltered[aspect]);
  return changeOf(aspect, said(before), said(after));
}

function stageDiffs(before: readonly StageIn[], after: readonly StageIn[]): StageDiff[] {
  const pairs = pairStages(before, after);
  const moved = movedStages(pairs);
  const [places, newPlaces] = [placesOf(before), placesOf(after)];
  const paired = new Map(pairs.map((pair) => [pair.after, pair]));
  const partners = new Map(pairs.map((pair) => [pair.before, pair.after]));
  const diffs = stepsOf(after)
    .flat()
    .map((stage) => {
      const pair = paired.get(stage);
      if (!pair) return onlyOne('added', stage);
      const changes = [
        ...(moved.has(pair)
          ? changeOf('position', place(places, pair.before), place(newPlaces, pair.after))
          : []),
        ...parallelChange(pair, { places, newPlaces, partners }),
        ...stageChanges(pair.before, pair.after),
      ];
      return {
        kind: changes.length === 0 ? 'unchanged' : 'changed',
        name: stage.name,
        ...pair,
        changes,
      } as const;
    });
  return withRemoved(diffs, stepsOf(before).flat());
}

type Places = ReadonlyMap<StageIn, { step: number; siblings: readonly StageIn[] }>;

function placesOf(stages: readonly StageIn[]): Places {
  return new Map(
    stepsOf(stages).flatMap((step, index) =>
      step.map((stage) => [
        stage,
        { step: index + 1, siblings: step.filter((sibling) => sibling !== stage) },
      ]),
    ),
  );
}

function place(places: Places, stage: StageIn): string {
  return words.step(places.get(stage)?.step ?? 0);
}

/** Beside whom it runs; that a neighbour was renamed is no change of this stage. */
function parallelChange(
  { before, after }: Pair,
  {
    places,
    newPlaces,
    partners,
  }: { places: Places; newPlaces: Places; partners: ReadonlyMap<StageIn, StageIn> },
): Change[] {
  const beside = places.get(before)?.siblings ?? [];
  const nowBeside = newPlaces.get(after)?.siblings ?? [];
  const kept = new Set(beside.map((stage) => partners.get(stage)));
  if (beside.length === nowBeside.length && nowBeside.every((stage) => kept.has(stage))) return [];
  return changeOf('parallel', besideInWords(beside), besideInWords(nowBeside));
}

function besideInWords(siblings: readonly StageIn[]): string {
  return siblings.length === 0
    ? words.alone
    : words.beside(
        policyWords.list(
          siblings.map(({ name }) => name),
          'and',
        ),
      );
}

function onlyOne(kind: 'added' | 'removed', stage: StageIn): StageDiff {
  const [before, after] = kind === 'added' ? [null, stage] : [stage, null];
  return { kind, name: stage.name, before, after, changes: [] };
}

/** Puts each stage that is gone behind the one that ran before it. */
function withRemoved(diffs: readonly StageDiff[], before: readonly StageIn[]): StageDiff[] {
  const result = [...diffs];
  let previous: StageIn | null = null;
  for (const stage of before) {
    const isThere = result.some((diff) => diff.before === stage);
    if (!isThere) {
      const at = result.findIndex((diff) => diff.before === previous);
      result.splice(previous === null ? 0 : at + 1, 0, onlyOne('removed', stage));
    }
    previous = stage;
  }
  return result;
}
