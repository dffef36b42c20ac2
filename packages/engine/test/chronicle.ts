import { isDeepStrictEqual } from 'node:util';
import type { Approval, Decision, Task } from '@awe/engine/approval';
import type { Command, CreateCommand, Outcome } from '@awe/engine/command';
import { create } from '@awe/engine/create';
import type { Changes } from '@awe/engine/draft';
import type { TimelineEvent } from '@awe/engine/event';
import { execute } from '@awe/engine/execute';
import type { Instant } from '@awe/engine/instant';
import { type Answer, type Lookup, lookupKey } from '@awe/engine/people';
import type { Policy } from '@awe/engine/policy';
import { checkInvariants } from './invariants.ts';

/** Who is who, as far as a test decides it. */
export type Directory = { lookUp: (lookup: Lookup) => Answer; delegateOf: (user: string) => string | null };

/** One request and everything that was ever written about it, kept as the ledger would keep it. */
export type Chronicle = {
  policy: Policy;
  approval: Approval | null;
  events: TimelineEvent[];
  decisions: Decision[];
  /** `needed` of each stage, as its stage_started told it. */
  needed: Map<number, number>;
  idsGiven: number;
};

export function openChronicle(policy: Policy): Chronicle {
  return {
    policy: deepFreeze(policy),
    approval: null,
    events: [],
    decisions: [],
    needed: new Map(),
    idsGiven: 0,
  };
}

/**
 * Gives one command to the engine as the server does: asks what it needs, calls again, writes the changes. Everything
 * that must hold after any command whatever is checked here.
 */
export function carryOut(
  chronicle: Chronicle,
  command: Command | CreateCommand,
  now: Instant,
  directory: Directory,
): Outcome {
  const before = deepFreeze(chronicle.approval);
  const answers = new Map<string, Answer>();
  const delegates = new Map<string, string | null>();
  const attempt = () => {
    let ids = chronicle.idsGiven;
    const newId = () => {
      ids += 1;
      return `00000000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
    };
    const world = { policy: chronicle.policy, people: { answers, delegates }, now, newId };
    if (command.type === 'create') return { outcome: create(command, world), ids: () => ids };
    if (!before) throw new Error('there is no request yet');
    return { outcome: execute(before, command, world), ids: () => ids };
  };

  let { outcome, ids } = attempt();
  while (outcome.kind === 'needs') {
    const known = answers.size + delegates.size;
    for (const lookup of outcome.needs.lookups) answers.set(lookupKey(lookup), directory.lookUp(lookup));
    for (const user of outcome.needs.delegatesOf) delegates.set(user, directory.delegateOf(user));
    if (answers.size + delegates.size === known)
      throw new Error('E13: the engine asks what it was told already');
    ({ outcome, ids } = attempt());
  }
  const again = attempt().outcome;
  if (!isDeepStrictEqual(outcome, again)) throw new Error('E13: the same command had two different outcomes');

  if (outcome.kind === 'changed') {
    chronicle.approval = written(before, outcome.changes);
    if (!isDeepStrictEqual(chronicle.approval, outcome.approval))
      throw new Error('E14: the changes written are not the approval answered');
    chronicle.events.push(...outcome.changes.events);
    chronicle.decisions.push(...outcome.changes.decisions);
    chronicle.idsGiven = ids();
  }
  checkInvariants({ chronicle, before, outcome, now, directory });
  return outcome;
}

/** What the ledger holds after a commit: of a request and of a task that exist, only these columns are ever updated. */
function written(before: Approval | null, changes: Changes): Approval {
  if (!before) return { request: changes.request, stages: changes.stages, tasks: changes.addedTasks };
  const { status, current_stage_order, sequence, revision, completed_at, updated_at } = changes.request;
  const changed = new Map(changes.changedTasks.map((task) => [task.id, task]));
  return {
    request: {
      ...before.request,
      ...{ status, current_stage_order, sequence, revision, completed_at, updated_at },
    },
    stages: changes.stages,
    tasks: [...before.tasks.map((task) => updated(task, changed.get(task.id))), ...changes.addedTasks],
  };
}

function updated(task: Task, change: Task | undefined): Task {
  if (!change) return task;
  const { status, required, action, decided_by, decision_id, claimed_at, completed_at } = change;
  return { ...task, status, required, action, decided_by, decision_id, claimed_at, completed_at };
}

/** Modifying what was given to the engine throws from here on. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
