import type { Approval } from './approval.ts';
import { cancel } from './cancel.ts';
import { claim } from './claim.ts';
import type { Command, Outcome, Verdict } from './command.ts';
import { decide } from './decide.ts';
import { closeDraft, type Draft, openDraft, type World } from './draft.ts';
import { reassign } from './reassign.ts';
import { tick } from './tick.ts';

/**
 * Decides one command on one approval. Pure: the same approval, command and world give the same outcome, and the
 * approval given is never modified. When the outcome is `needs`, add the answers to `world.people` and call again.
 */
export function execute(approval: Approval, command: Command, world: World): Outcome {
  const draft = openDraft(approval, world);
  const verdict = rulesFor(draft, command);
  if (verdict) return verdict;
  const changes = closeDraft(draft);
  if (!changes) return { kind: 'unchanged' };
  return {
    kind: 'changed',
    changes,
    approval: { request: draft.request, stages: draft.stages, tasks: draft.tasks },
    task: subject(draft, command),
    decision: command.type === 'decide' ? (draft.decisions[0] ?? null) : null,
  };
}

function rulesFor(draft: Draft, command: Command): Verdict {
  switch (command.type) {
    case 'claim':
      return claim(draft, command);
    case 'decide':
      return decide(draft, command);
    case 'cancel':
      return cancel(draft, command);
    case 'reassign':
      return reassign(draft, command);
    case 'tick':
      return tick(draft, command);
  }
}

/** The task the command was about; for a reassignment the new one. */
function subject(draft: Draft, command: Command) {
  if (command.type === 'reassign') return [...draft.added][0] ?? null;
  if (command.type === 'claim' || command.type === 'decide')
    return draft.tasks.find((task) => task.id === command.task_id) ?? null;
  return null;
}
