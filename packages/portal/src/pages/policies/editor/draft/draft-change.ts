import { freshId, type PolicyDraft, type RuleDraft, type RuleList, type StageDraft } from './draft.ts';

/** Something that somebody did to the draft. `at` and `to` are places in the list of stages. */
export type DraftChange =
  | { do: 'replace'; draft: PolicyDraft }
  | { do: 'say'; facts: Partial<Omit<PolicyDraft, 'stages'>> }
  | { do: 'change'; id: string; stage: Partial<Omit<StageDraft, 'id'>> }
  | { do: 'rules'; id: string; list: RuleList; rules: RuleDraft[] }
  | { do: 'insert'; at: number; stage: StageDraft }
  | { do: 'remove'; id: string }
  | { do: 'move'; id: string; to: number; joined: boolean }
  | { do: 'join'; id: string; joined: boolean };

export function changeDraft(draft: PolicyDraft, change: DraftChange): PolicyDraft {
  const { stages } = draft;
  switch (change.do) {
    case 'replace':
      return change.draft;
    case 'say':
      return { ...draft, ...change.facts };
    case 'change':
      return { ...draft, stages: withStage(stages, change.id, change.stage) };
    case 'rules':
      return { ...draft, stages: withStage(stages, change.id, { [change.list]: change.rules }) };
    case 'insert':
      return { ...draft, stages: inserted(stages, change.at, change.stage) };
    case 'remove':
      return { ...draft, stages: without(stages, change.id) };
    case 'move':
      return { ...draft, stages: moved(stages, change) };
    case 'join':
      return { ...draft, stages: withStage(stages, change.id, { joined: change.joined }) };
  }
}

/** Another stage of the same kind. */
export function copyOf(stage: StageDraft, name: string): StageDraft {
  const copied = (rules: RuleDraft[]) => rules.map((rule) => ({ ...rule, id: freshId() }));
  return {
    ...stage,
    id: freshId(),
    name,
    stage_order: null,
    rules: copied(stage.rules),
    escalation_rules: copied(stage.escalation_rules),
  };
}

function withStage(stages: StageDraft[], id: string, change: Partial<StageDraft>): StageDraft[] {
  return stages.map((stage) => (stage.id === id ? { ...stage, ...change } : stage));
}

/** Between two that run at the same time, it runs with them; nothing runs beside what is not there. */
function inserted(stages: StageDraft[], at: number, stage: StageDraft): StageDraft[] {
  const joined = at > 0 && (stage.joined || (stages[at]?.joined ?? false));
  return [...stages.slice(0, at), { ...stage, joined }, ...stages.slice(at)];
}

/** When the first of several that run together goes, the next is the first. */
export function without(stages: readonly StageDraft[], id: string): StageDraft[] {
  const at = stages.findIndex((stage) => stage.id === id);
  return stages.flatMap((stage, place) => {
    if (place === at) return [];
    return [place === at + 1 && stages[at]?.joined === false ? { ...stage, joined: false } : stage];
  });
}

function moved(stages: StageDraft[], { id, to, joined }: { id: string; to: number; joined: boolean }) {
  const stage = stages.find((each) => each.id === id);
  return stage ? inserted(without(stages, id), to, { ...stage, joined }) : stages;
}
