import { excludedAt } from '@awe/engine/activation';
import { type Approval, isOpen, isPending, SLA_MONITOR, type Task } from '@awe/engine/approval';
import { openDraft, type World } from '@awe/engine/draft';
import { neededApprovals } from '@awe/engine/evaluator';
import { execute } from '@awe/engine/execute';
import { NOBODY_ASKED } from '@awe/engine/people';
import { type Policy, type Stage, stageGroups } from '@awe/engine/policy';
import { userIdFault } from '@awe/engine/user-id';
import { leaveOut } from './left-out.ts';
import type { Rebuilt } from './rebuild.ts';
import { mustSign, requiredSeats } from './required-seats.ts';
import { givenAway } from './seats.ts';
import type { SourceCase } from './source-case.ts';
import type { StageStory } from './stage-stories.ts';
import { isSkipped } from './timeline.ts';

/** Tasks of one activation are written together; one that came later was added by something that is not known here. */
const ONE_ACTIVATION_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What time does to an open request as soon as the service runs; null: nothing is past due. */
export type Overdue = { since: string; effect: string };

/**
 * Shows that an open request stands here exactly where it stood there, so that nobody approves what they would not have
 * been asked about. Throws `LeftOut` at the first doubt: who asked for it can ask again, but what was paid is paid.
 */
export function proveOpen(
  source: SourceCase,
  policy: Policy,
  rebuilt: Rebuilt,
  world: World,
): Overdue | null {
  const { stories, line } = rebuilt;
  const approval: Approval = { request: line.request, stages: line.stages, tasks: line.tasks };
  const open = stories.filter((story) => story.status === 'open');
  const [first] = open;
  if (!first) leaveOut('nobody is asked any more, and it has not ended: its next stage was never started');
  const current = stageGroups(policy)[first.group] ?? [];
  if (!current.some((stage) => stage.stage_order === source.current_stage_order))
    leaveOut(
      `it stands at stage ${source.current_stage_order}, and the people who are asked belong to stage ${first.stage.stage_order}`,
    );
  for (const story of stories) {
    if (story.status === 'skipped') provePassing(source, story);
    else proveStage(source, rebuilt, story);
  }
  const draft = openDraft(approval, world);
  for (const { stage, tasks } of open) {
    const excluded = excludedAt(draft, stage);
    const barred = tasks.find(
      (task) => task.kind === 'approver' && isPending(task) && excluded.has(task.assignee),
    );
    if (barred)
      leaveOut(
        `${barred.assignee} is asked at stage ${stage.stage_order}, and the policy's separation of duties forbids it`,
      );
  }
  return dueNow(approval, world);
}

function proveStage(source: SourceCase, { seats }: Rebuilt, story: StageStory): void {
  const { stage, status, tasks, verdict, progress } = story;
  const place = `stage ${stage.stage_order}`;
  if (seats.unclear.has(stage.id))
    leaveOut(
      `which seats of ${place} are required cannot be known: a role, a group or a resolver named them, or several seats were given away`,
    );
  const asked = tasks.filter((task) => task.kind === 'approver' && task.status !== 'reassigned');
  if (neededApprovals(stage, asked.length) === null)
    leaveOut(`${place} needs ${stage.mode_value} approvals and asks ${asked.length} people`);
  const told = source.events.find(
    (each) => each.event_type === 'stage_started' && each.payload.stage_order === stage.stage_order,
  )?.payload.needed;
  if (typeof told === 'number' && told !== progress.needed)
    leaveOut(`${place} needs ${told} approvals there, and ${progress.needed} here`);
  provePeople(source, seats, story);
  if (status === 'open') proveMoment(source, story);
  if (status === 'approved' && verdict?.kind !== 'approved')
    leaveOut(`${place} was passed there, and its votes would not pass it here`);
  if (status === 'open' && verdict?.kind !== 'open')
    leaveOut(`${place} is open there, and its votes would have ${verdict?.kind} it here`);
}

/** Everybody is there who must be, and nobody who cannot be. */
function provePeople(source: SourceCase, seats: Rebuilt['seats'], { stage, tasks }: StageStory): void {
  const place = `stage ${stage.stage_order}`;
  const asked = tasks.filter((task) => task.kind === 'approver' && task.status !== 'reassigned');
  const origins = new Set(asked.map((task) => seats.origins.get(task.id)));
  const rules = requiredSeats(stage, source.context);
  for (const person of rules.names) {
    if (!origins.has(person)) leaveOut(`${person} must sign ${place}, and has no task there`);
  }
  for (const { id, assignee, required } of asked) {
    if (!required && mustSign(rules, seats.origins.get(id) ?? assignee))
      leaveOut(`${assignee} must sign ${place} as its rules say, and need not as the task says`);
  }
  for (const { assignee } of asked) {
    const fault = userIdFault(assignee);
    if (fault) leaveOut(`an assignee of ${place} ${fault}`);
  }
}

/** A stage that was passed over would have been passed over here as well. */
function provePassing(source: SourceCase, { stage }: StageStory): void {
  if (isSkipped(stage, source.context)) return;
  const told = source.events.some(
    (each) => each.event_type === 'stage_skipped' && each.payload.stage_order === stage.stage_order,
  );
  if (told && stage.on_empty === 'skip' && stage.skip_if === null) return;
  leaveOut(`stage ${stage.stage_order} was passed over there, and it cannot be shown that it would be here`);
}

/** Nothing came to the stage since it was opened, and no breach is behind it of which nobody knows what it did. */
function proveMoment(source: SourceCase, { stage, tasks, progress }: StageStory): void {
  const place = `stage ${stage.stage_order}`;
  // A seat that was given away in place is the row that it began with.
  const begun = tasks
    .filter((task) => givenAway(task, tasks) === null)
    .map((task) => Date.parse(task.created_at));
  if (Math.max(...begun) - Math.min(...begun) > ONE_ACTIVATION_MS)
    leaveOut(`people were added to ${place} after it was opened, and why is not known`);
  const wasEscalated = source.events.some(
    (each) => each.event_type === 'stage_escalated' && each.payload.stage_order === stage.stage_order,
  );
  if (wasEscalated) leaveOut(`${place} was escalated: how many approvals it needs since cannot be known`);
  if (tasks.some((task) => task.decided_by === SLA_MONITOR))
    leaveOut(`${place} has votes of the SLA monitor: what else the breach did cannot be known`);
  const pending = tasks.filter((task) => task.kind === 'approver' && isPending(task));
  const acts = stage.on_breach !== null && stage.on_breach !== 'notify';
  const running = pending.filter(isOpen);
  if (acts && running.every((task) => startedAnew(task, stage, Math.min(...begun))))
    leaveOut(
      `everybody asked at ${place} ${running.length > 0 ? 'may have been' : 'is'} past due, and whether ${stage.on_breach} has happened cannot be known`,
    );
  if (running.length > 0) return;
  progress.breached_at =
    pending
      .flatMap((task) => task.due_at ?? [])
      .sort()
      .at(-1) ?? source.updated_at;
}

/** Whether a seat has a later due time than it began with, as one gets that was given away when it was missed. */
function startedAnew({ reassigned_from, due_at }: Task, { sla_hours }: Stage, begun: number): boolean {
  if (reassigned_from === null || due_at === null) return false;
  return Date.parse(due_at) > begun + (sla_hours ?? 0) * HOUR_MS + ONE_ACTIVATION_MS;
}

/** Runs the engine's own clock once over the rebuilt state; nothing of it is kept. */
function dueNow(approval: Approval, world: World): Overdue | null {
  const due = approval.tasks.filter(
    (task) => task.kind === 'approver' && isOpen(task) && task.due_at !== null && task.due_at <= world.now,
  );
  const since = due.flatMap((task) => task.due_at ?? []).sort()[0];
  if (since === undefined) return null;
  const outcome = execute(approval, { type: 'tick', force: false }, { ...world, people: NOBODY_ASKED });
  if (outcome.kind === 'needs')
    return { since, effect: 'more people are looked up, for an escalation or the next stage' };
  if (outcome.kind !== 'changed') return null;
  const { status } = outcome.approval.request;
  return {
    since,
    effect:
      status === approval.request.status
        ? `${due.length} tasks expire`
        : `the request is ${status} by ${SLA_MONITOR}`,
  };
}
