import type { User } from '../../packages/server/demo/caller.ts';
import type { Dice } from './dice.ts';
import type { KnownTask, Notebook } from './notebook.ts';
import { admin, PEOPLE, POLICIES } from './policies.ts';
import type { Move, Operation } from './recorded-call.ts';

const stranger: User = { sub: 'mallory' };
const SERVICES = ['registry', 'payments'] as const;

const WEIGHTS: Record<Operation, number> = {
  create: 24,
  decide: 34,
  claim: 8,
  reassign: 6,
  cancel: 3,
  read_tasks: 14,
  read_events: 6,
  read_request: 5,
};

/**
 * What a client does next. `word` is its own, and goes into whatever the call would write, so that it can be told from all
 * others in the ledger. A change needs something to be changed; without it, a request is created.
 */
export function nextMove(dice: Dice, word: string, notebook: Notebook, callbackUrl: string): Move {
  const operation = dice.weigh(WEIGHTS);
  const request = notebook.requests.length === 0 ? null : dice.pick(notebook.requests);
  const task = pickTask(dice, notebook);
  switch (operation) {
    case 'decide':
      return task ? decision(dice, word, task) : creation(dice, word, notebook, callbackUrl);
    case 'claim':
      return task
        ? { operation, by: somebody(dice, task), target: task.id, key: null, body: null }
        : creation(dice, word, notebook, callbackUrl);
    case 'reassign':
      return task ? reassignment(dice, word, task) : creation(dice, word, notebook, callbackUrl);
    case 'create':
      return creation(dice, word, notebook, callbackUrl);
    case 'cancel':
      return request
        ? {
            operation,
            by: dice.chance(0.75) ? admin : stranger,
            target: request,
            key: null,
            body: { reason: word, actor: 'front-desk' },
          }
        : creation(dice, word, notebook, callbackUrl);
    default:
      return request
        ? { operation, by: stranger, target: request, key: null, body: null }
        : creation(dice, word, notebook, callbackUrl);
  }
}

function pickTask(dice: Dice, { open, done }: Notebook): KnownTask | null {
  const list = done.length > 0 && dice.chance(0.1) ? done : open;
  return list.length === 0 ? null : dice.pick(list);
}

/** Mostly the person who is asked; also an admin on their behalf, and somebody whom it does not concern. */
function somebody(dice: Dice, task: KnownTask): User {
  const who = dice.weigh({ assignee: 80, admin: 11, stranger: 9 });
  if (who === 'admin') return admin;
  return who === 'assignee' ? { sub: task.assignee } : stranger;
}

function decision(dice: Dice, word: string, task: KnownTask): Move {
  const action = dice.weigh({ approve: 74, reject: 11, abstain: 13, maybe: 2 });
  const body = { action, comment: word, attachments_ref: null };
  return { operation: 'decide', by: somebody(dice, task), target: task.id, key: null, body };
}

function reassignment(dice: Dice, word: string, task: KnownTask): Move {
  const by = dice.chance(0.85) ? admin : { sub: task.assignee };
  const body = { new_assignee: dice.pick(PEOPLE), reason: word };
  return { operation: 'reassign', by, target: task.id, key: null, body };
}

function creation(dice: Dice, word: string, notebook: Notebook, callbackUrl: string): Move {
  // As a caller service does: what was not answered is asked again under the same key, and sometimes what was.
  if (notebook.unsettled.length > 0 && dice.chance(0.7)) return notebook.unsettled.shift()!;
  const earlier = notebook.settled.length > 0 && dice.chance(0.12) ? dice.pick(notebook.settled) : null;
  if (earlier && dice.chance(0.75)) return earlier;
  const body = {
    policy_key: dice.pick(POLICIES).policy_key,
    artifact_type: 'chaos',
    artifact_id: word,
    context: { amount: dice.roll(100) },
    callback_url: dice.chance(0.85) ? callbackUrl : null,
    requester: dice.chance(0.7) ? 'citizen' : dice.pick(PEOPLE),
  };
  // Under an earlier key this is another body, which is refused.
  if (earlier) return { ...earlier, body };
  const key = dice.chance(0.6) ? `key-${word}` : null;
  return { operation: 'create', by: { sub: dice.pick(SERVICES) }, target: '', key, body };
}
