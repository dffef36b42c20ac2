import type { StageIn } from '@awe/contract/policies';

/** The stages in the order they run; those of one step run side by side. Drafts of an editor need not be valid. */
export function stepsOf<Stage extends Pick<StageIn, 'stage_order' | 'parallel_group'>>(
  stages: readonly Stage[],
): Stage[][] {
  const steps: Stage[][] = [];
  for (const stage of stages.toSorted((a, b) => a.stage_order - b.stage_order)) {
    const last = steps.at(-1);
    const group = last?.[0]?.parallel_group ?? null;
    if (last && group !== null && group === stage.parallel_group) last.push(stage);
    else steps.push([stage]);
  }
  return steps;
}
