import { isEnded, isPending, type Task } from '@awe/engine/approval';
import type { Actor, Command, CreateCommand, Outcome } from '@awe/engine/command';
import { hoursAfter, type Instant } from '@awe/engine/instant';
import { type Answer, type Lookup, lookupKey } from '@awe/engine/people';
import { type Chronicle, carryOut, type Directory, openChronicle } from './chronicle.ts';
import { LOOKUPS } from './random-policies.ts';
import type { RandomStory, Step } from './random-stories.ts';
import { BEGIN } from './scenario.ts';

/** How often each thing worth reaching was reached: an event type, a refusal, a reason, a breach. */
export type Reached = Map<string, number>;

type Stage = {
  chronicle: Chronicle;
  now: Instant;
  found: Answer[];
  down: boolean[];
  away: Map<string, string>;
  reached: Reached;
};

const STEPS_AFTER_THE_END = 3;
const ADMIN: Actor = { id: 'root', isAdmin: true };

/**
 * Plays a random story from its creation to its last step, then lets it come to its end: lookups succeed, time passes,
 * whoever is asked approves. The chronicle checks the invariants after each command; here it is checked that time given
 * twice does nothing, and that the request does end.
 */
export function play(story: RandomStory, reached: Reached): void {
  const stage: Stage = {
    chronicle: openChronicle(story.policy),
    now: BEGIN,
    found: story.found.map(({ users }) => ({ ok: true, users })),
    down: story.found.map(({ down }) => down),
    away: new Map(story.away),
    reached,
  };
  const created = command(stage, {
    type: 'create',
    id: '00000000-0000-7000-8000-00000000a0de',
    source_service: 'registry',
    artifact_type: story.policy.artifact_type,
    artifact_id: 'deed-7',
    requester: story.requester,
    context: story.context,
    callback_url: null,
    callback_secret_id: null,
  });
  if (created.kind === 'changed') {
    let afterwards = 0;
    for (const step of story.steps) {
      take(stage, step);
      // Whoever comes after the end is refused; once that was tried a few times the rest of the story is.
      if (isEnded(stage.chronicle.approval?.request.status ?? 'pending')) afterwards += 1;
      if (afterwards > STEPS_AFTER_THE_END) break;
    }
    comeToAnEnd(stage);
  }
  for (const { event_type, payload } of stage.chronicle.events) {
    if (event_type === 'stage_started') count(reached, `started: ${payload.mode}`);
    count(reached, event_type);
    if (event_type === 'request_rejected') count(reached, `rejected: ${payload.reason}`);
    if (event_type === 'request_approved' && payload.reason) count(reached, `approved: ${payload.reason}`);
    if (event_type === 'stage_skipped') count(reached, `skipped: ${payload.reason}`);
    if (event_type === 'stage_activation_failed') count(reached, `failed: ${payload.phase}`);
    if (event_type === 'task_decided') {
      count(reached, `decided: ${payload.action}`);
      for (const mark of ['late', 'on_behalf_of']) if (mark in payload) count(reached, `decided: ${mark}`);
    }
    if ('skip_if_error' in payload) count(reached, 'skip_if_error');
  }
  for (const { stage_id, breached_at } of stage.chronicle.approval?.stages ?? []) {
    const { on_breach } = story.policy.stages.find((each) => each.id === stage_id) ?? {};
    if (breached_at !== null) count(reached, `breached: ${on_breach}`);
  }
}

function count(reached: Reached, what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

function command(stage: Stage, given: Command | CreateCommand): Outcome {
  const outcome = carryOut(stage.chronicle, given, stage.now, directoryOf(stage));
  count(
    stage.reached,
    outcome.kind === 'refused' ? `refused: ${given.type} ${outcome.refusal.code}` : outcome.kind,
  );
  return outcome;
}

function directoryOf({ found, down, away }: Stage): Directory {
  const placeOf = (lookup: Lookup) => LOOKUPS.findIndex((each) => keyOf(each) === lookupKey(lookup));
  return {
    lookUp: (lookup) => {
      const place = placeOf(lookup);
      const answer = found[place];
      return answer && !down[place] ? answer : { ok: false, reason: 'the directory is down' };
    },
    delegateOf: (user) => away.get(user) ?? null,
  };
}

function keyOf(rule: (typeof LOOKUPS)[number]): string {
  return lookupKey({ rule_type: rule.rule_type as Lookup['rule_type'], rule_value: rule.rule_value });
}

/** Pending tasks come first, so that most steps go to somebody who can still act, and some to one who cannot. */
function pick({ chronicle }: Stage, position: number): Task | null {
  const tasks = chronicle.approval?.tasks ?? [];
  const likely = tasks.filter(isPending);
  const all = [...likely, ...likely, ...likely, ...tasks];
  return all[position % Math.max(1, all.length)] ?? null;
}

function take(stage: Stage, step: Step): void {
  switch (step.does) {
    case 'decide':
    case 'claim': {
      const task = pick(stage, step.task);
      if (!task) return;
      const by: Actor =
        step.as === 'assignee'
          ? { id: task.assignee, isAdmin: false }
          : { id: step.who, isAdmin: step.as === 'admin' };
      if (step.does === 'claim') command(stage, { type: 'claim', task_id: task.id, by });
      else
        command(stage, {
          ...{ type: 'decide', task_id: task.id, by, action: step.action },
          ...{ comment: null, attachments_ref: null },
        });
      return;
    }
    case 'reassign': {
      const task = pick(stage, step.task);
      if (task)
        command(stage, {
          type: 'reassign',
          task_id: task.id,
          by: ADMIN,
          new_assignee: step.to,
          reason: null,
        });
      return;
    }
    case 'cancel':
      command(stage, { type: 'cancel', by: ADMIN, reason: null, requested_by: null });
      return;
    case 'tick': {
      stage.now = hoursAfter(stage.now, step.hours);
      command(stage, { type: 'tick', force: step.force });
      if (!step.twice) return;
      const again = command(stage, { type: 'tick', force: false });
      if (again.kind !== 'unchanged') throw new Error('E10: the same moment acted twice');
      return;
    }
    case 'sleep':
      stage.now = hoursAfter(stage.now, step.hours);
      return;
    case 'outage':
      stage.down[step.lookup] = step.down;
      return;
    case 'staffing':
      stage.found[step.lookup] = { ok: true, users: step.users };
      return;
    case 'delegate':
      if (step.to === null) stage.away.delete(step.from);
      else stage.away.set(step.from, step.to);
      return;
  }
}

/** E12. An expression that can never be computed is the one thing that time does not heal; such a request is cancelled. */
function comeToAnEnd(stage: Stage): void {
  stage.down.fill(false);
  const { chronicle } = stage;
  const over = () => isEnded(chronicle.approval?.request.status ?? 'pending');
  for (let round = 0; round <= chronicle.policy.stages.length && !over(); round += 1) {
    stage.now = hoursAfter(stage.now, 1);
    command(stage, { type: 'tick', force: false });
    for (let task = nextPending(chronicle); task; task = nextPending(chronicle)) {
      const by = { id: task.assignee, isAdmin: false };
      const decision = { action: 'approve', comment: null, attachments_ref: null } as const;
      const outcome = command(stage, { type: 'decide', task_id: task.id, by, ...decision });
      if (outcome.kind !== 'changed') throw new Error(`E12: ${task.assignee} was asked but may not decide`);
    }
  }
  if (over()) return;
  const last = chronicle.events.findLast(({ event_type }) => event_type === 'stage_activation_failed');
  if (!String(last?.payload.reason).startsWith('the expression rule failed'))
    throw new Error('E12: everybody approved, everything was found, and the request did not end');
  command(stage, { type: 'cancel', by: ADMIN, reason: null, requested_by: null });
  if (!over()) throw new Error('E12: a request in review can always be cancelled');
}

function nextPending({ approval }: Chronicle): Task | null {
  const open = new Set(
    approval?.stages.filter((each) => each.status === 'open').map((each) => each.stage_id) ?? [],
  );
  return (
    approval?.tasks.find((task) => task.kind === 'approver' && isPending(task) && open.has(task.stage_id)) ??
    null
  );
}
