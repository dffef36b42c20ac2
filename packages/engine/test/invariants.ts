import { isDeepStrictEqual } from 'node:util';
import { type Approval, isEnded, isPending, SLA_MONITOR, type Task } from '@awe/engine/approval';
import type { Outcome } from '@awe/engine/command';
import type { Instant } from '@awe/engine/instant';
import { type Policy, type Stage, stageGroups } from '@awe/engine/policy';
import { projection, replay } from '@awe/engine/replay';
import { isActive } from '@awe/engine/stage-transition';
import type { Chronicle, Directory } from './chronicle.ts';
import { escalationBySpec, seatingBySpec } from './seating-by-spec.ts';
import { neededBySpec, verdictBySpec } from './stage-verdict-by-spec.ts';

type Moment = {
  chronicle: Chronicle;
  before: Approval | null;
  outcome: Outcome;
  now: Instant;
  directory: Directory;
};

/** Reasons that reject a request at activation; `quorum_unreachable` also rejects a stage by its votes. */
const BLOCKED = new Set(['required_approver_unavailable', 'no_approvers_resolved', 'quorum_unreachable']);

/** What holds after every command on every request; the numbers are those of SPEC.md. Throws, naming the one that fell. */
export function checkInvariants(moment: Moment): void {
  const { chronicle, before, outcome, now } = moment;
  const { approval, policy } = chronicle;
  if (outcome.kind !== 'changed') {
    holds('E5', approval === before, 'what is not changed stays as it was');
    return;
  }
  if (!approval) throw new Error('E5: a change leaves an approval');
  terminalIsFinal(before, approval);
  timelineIsWhole(chronicle, before, outcome.changes.events.length);
  statusesAgree(approval, now);
  onePersonOneVote(chronicle, approval);
  neededIsFixed(chronicle, approval);
  for (const stage of policy.stages) stageIsSettled(stage, approval);
  groupsRunInOrder(policy, approval);
  dutiesAreSeparate(policy, approval);
  theRightPeopleAreAsked(moment, approval);
  theRightPeopleAreAdded(moment, approval);
  holds('E8', isDeepStrictEqual(replay(chronicle.events), projection(approval)), 'the timeline tells it all');
}

function holds(invariant: string, condition: boolean, what: string): void {
  if (!condition) throw new Error(`${invariant}: ${what}`);
}

function terminalIsFinal(before: Approval | null, approval: Approval): void {
  holds('E2', !before || !isEnded(before.request.status), 'nothing changes after the end');
  for (const [i, task] of (before?.tasks ?? []).entries()) {
    const over = task.status === 'completed' || task.status === 'skipped' || task.status === 'reassigned';
    // An escalation may demand the signature of a seat that has voted already; the vote stays as it was.
    const now = approval.tasks[i];
    const marked = task.status === 'completed' && now?.required === true;
    const asItWas = marked ? { ...task, required: true } : task;
    holds('E2', !over || isDeepStrictEqual(asItWas, now), `task ${task.id} was over`);
  }
  for (const { stage_id, status } of before?.stages ?? []) {
    const now = approval.stages.find((each) => each.stage_id === stage_id);
    holds('E2', now !== undefined && (isActive(status) || now.status === status), `${stage_id} was over`);
  }
}

function timelineIsWhole({ events }: Chronicle, before: Approval | null, added: number): void {
  const last = events.at(-1);
  holds('E5', added > 0, 'every change is told');
  holds('E5', last?.sequence === events.length, 'the sequence has no gap');
  holds('E5', (before?.request.sequence ?? 0) + added === events.length, 'nothing is told twice');
  holds('E5', new Set(events.map((event) => event.id)).size === events.length, 'event ids are unique');
}

function statusesAgree({ request, stages, tasks }: Approval, now: Instant): void {
  const ended = isEnded(request.status);
  const active = stages.filter((stage) => isActive(stage.status));
  holds('E5', request.revision > 0 && request.updated_at === now, 'a change is a revision');
  holds('E6', request.status !== 'pending', 'a request that exists is in review or over');
  holds('E6', ended === (request.completed_at !== null), 'completed_at tells the end');
  holds('E1', ended === (active.length === 0), 'a request in review waits for an active stage');
  if (!ended) {
    const lowest = Math.min(...active.map((stage) => stage.stage_order));
    holds('E6', request.current_stage_order === lowest, 'the current stage is the lowest active one');
  }
  for (const task of tasks) {
    const stage = stages.find((each) => each.stage_id === task.stage_id);
    const open = task.status === 'open' || task.status === 'claimed';
    const voted = task.status === 'completed';
    holds('E6', !open || stage?.status === 'open', `task ${task.id} is open, its stage is ${stage?.status}`);
    for (const mark of [task.action, task.decided_by, task.decision_id, task.completed_at])
      holds('E6', voted === (mark !== null), `task ${task.id} is ${task.status}`);
    holds('E6', task.kind === 'approver' || (task.due_at === null && !task.required), 'observers are free');
  }
}

function onePersonOneVote({ decisions }: Chronicle, { stages, tasks }: Approval): void {
  for (const { stage_id } of stages) {
    const holders = tasks.filter((task) => task.stage_id === stage_id && task.status !== 'reassigned');
    const people = new Set(holders.map((task) => task.assignee));
    holds('E3', people.size === holders.length, `somebody sits twice on ${stage_id}`);
  }
  const votes = tasks.filter((task) => task.action !== null);
  holds('E3', decisions.length === votes.length, 'every vote is one decision');
  for (const { id, task_id, action, actor } of decisions) {
    const task = votes.find((each) => each.id === task_id);
    const told = task && task.decision_id === id && task.action === action && task.decided_by === actor;
    holds('E3', told === true, `decision ${id} is the one its task names`);
  }
}

function neededIsFixed({ needed, events, policy }: Chronicle, { stages }: Approval): void {
  for (const { event_type, payload } of events) {
    const order = Number(payload.stage_order);
    if (event_type === 'stage_started' && !needed.has(order)) needed.set(order, Number(payload.needed));
  }
  for (const { stage_order, needed: now, asked } of stages) {
    holds('E4', now === (needed.get(stage_order) ?? 0), `needed of ${stage_order} moved`);
    const stage = policy.stages.find((each) => each.stage_order === stage_order);
    const first = stage && asked > 0 ? neededBySpec(stage, asked) : 0;
    holds('E4', now === first && now <= asked, `${stage_order} needs ${now} of ${asked}`);
  }
}

/** E1 and E7: an open stage is undecided and somebody can decide it; an approved one was approved by rule. */
function stageIsSettled(stage: Stage, approval: Approval): void {
  const progress = approval.stages.find((each) => each.stage_id === stage.id);
  if (!progress) return;
  const tasks = approval.tasks.filter((task) => task.stage_id === stage.id);
  const approvers = tasks.filter((task) => task.kind === 'approver');
  if (progress.status === 'open') {
    holds('E1', approvers.some(isPending), `nobody can decide stage ${stage.stage_order}`);
    holds('E7', verdictBySpec(stage, progress, tasks) === 'open', `${stage.stage_order} should be over`);
    if (stage.sla_hours !== null && approvers.filter(isPending).every((task) => task.status === 'expired'))
      holds('E10', progress.breached_at !== null, `${stage.stage_order} is past due and did not breach`);
  }
  const waits = progress.status === 'activating' || (progress.status === 'open' && escalates(progress));
  holds('E1', waits === (progress.next_attempt_at !== null), `${stage.stage_order}: retries are scheduled`);
  if (progress.status === 'approved') {
    holds('E7', verdictBySpec(stage, progress, tasks) === 'approved', `${stage.stage_order} lacks votes`);
    const required = approvers.filter((task) => task.required && task.status !== 'reassigned');
    const signed = required.every((task) => task.action === 'approve' && task.decided_by !== SLA_MONITOR);
    holds('E7', signed, `a required seat of ${stage.stage_order} has not signed`);
  }
  if (progress.status === 'rejected' && progress.asked > 0 && progress.breached_at === null)
    holds('E7', verdictBySpec(stage, progress, tasks) === 'rejected', `${stage.stage_order} could be won`);
}

function escalates(progress: { escalation: string }): boolean {
  return progress.escalation === 'due';
}

function groupsRunInOrder(policy: Policy, { request, stages }: Approval): void {
  const done = (stage: Stage) =>
    ['approved', 'skipped'].includes(stages.find((each) => each.stage_id === stage.id)?.status ?? 'waiting');
  const reached = (stage: Stage) => stages.some((each) => each.stage_id === stage.id);
  if (request.status === 'approved')
    holds('E9', policy.stages.every(done), 'an approved request has every stage approved or skipped');
  let earlierDone = true;
  for (const group of stageGroups(policy)) {
    holds('E9', earlierDone || !group.some(reached), `${group[0]?.name} started before its turn`);
    if (request.status === 'in_review')
      holds('E9', group.every(reached) || !group.some(reached), `${group[0]?.name} started in parts`);
    earlierDone &&= group.every(done);
  }
}

/** E11: whoever asked, and whoever approved a group before, is asked nothing here and decides nothing. */
function dutiesAreSeparate(policy: Policy, approval: Approval): void {
  for (const stage of policy.stages) {
    const barred = barredFrom(policy, stage, approval);
    for (const task of approval.tasks) {
      if (task.kind !== 'approver' || task.stage_id !== stage.id) continue;
      for (const person of peopleOf(task))
        holds('E11', !barred.has(person), `${person} may not act on stage ${stage.stage_order}`);
    }
  }
}

/** E15: the stages that this command started, skipped, or could not start are those that the specification says. */
function theRightPeopleAreAsked({ chronicle, outcome, directory }: Moment, approval: Approval): void {
  if (outcome.kind !== 'changed') return;
  for (const { event_type, payload } of outcome.changes.events) {
    const stage = chronicle.policy.stages.find((each) => each.stage_order === payload.stage_order);
    const blocked = event_type === 'request_rejected' && BLOCKED.has(String(payload.reason));
    const skipped = event_type === 'stage_skipped';
    const started = event_type === 'stage_started';
    const asked = stage && approval.stages.find((each) => each.stage_id === stage.id)?.asked;
    if (!stage || !(started || skipped || (blocked && asked === 0))) continue;
    const barred = barredFrom(chronicle.policy, stage, approval);
    const seating = seatingBySpec(stage, approval.request.context, barred, directory);
    const expected = started ? 'open' : skipped ? 'pass' : 'blocked';
    holds(
      'E15',
      seating?.outcome === expected,
      `${stage.stage_order} should be ${seating?.outcome ?? 'waiting'}`,
    );
    if (!started) continue;
    const told = [payload.approvers, payload.required_approvers];
    holds('E15', isDeepStrictEqual(told, [seating?.approvers, seating?.required]), 'other people are asked');
    const tasks = outcome.changes.addedTasks.filter(
      (task) => task.stage_id === stage.id && task.kind === 'approver' && !task.escalated,
    );
    const originals = tasks.map((task) => task.delegated_from);
    if (tasks.length > 0)
      holds('E15', isDeepStrictEqual(originals, seating?.standsInFor), 'they stand in for others');
  }
}

/** E15: an escalation adds those whom the specification says, given the seats as the timeline tells them until then. */
function theRightPeopleAreAdded({ chronicle, outcome, directory }: Moment, approval: Approval): void {
  if (outcome.kind !== 'changed') return;
  for (const { event_type, payload, sequence } of outcome.changes.events) {
    if (event_type !== 'stage_escalated') continue;
    const stage = chronicle.policy.stages.find((each) => each.stage_order === payload.stage_order);
    const seats = replay(chronicle.events.slice(0, sequence - 1)).stages.get(
      Number(payload.stage_order),
    )?.seats;
    if (!stage || !seats) throw new Error('E15: what escalates is a stage that was reached');
    const barred = barredFrom(chronicle.policy, stage, approval);
    const expected = escalationBySpec(stage, approval.request.context, barred, directory, seats);
    const told = {
      added: payload.added,
      required: payload.required_approvers ?? [],
      observers: payload.observers ?? [],
    };
    holds('E15', isDeepStrictEqual(told, expected), `${stage.stage_order} escalates to other people`);
  }
}

/** From the policy and the votes alone. Siblings of a parallel group are not earlier. */
function barredFrom(policy: Policy, stage: Stage, { request, tasks }: Approval): Set<string> {
  const barred = new Set<string>();
  if (policy.forbid_self_approval && request.requester !== null) barred.add(request.requester);
  if (!policy.forbid_repeat_approvers) return barred;
  for (const group of stageGroups(policy)) {
    if (group.includes(stage)) return barred;
    for (const task of tasks) {
      const approved =
        task.action === 'approve' && task.kind === 'approver' && task.decided_by !== SLA_MONITOR;
      if (!approved || !group.some(({ id }) => id === task.stage_id)) continue;
      for (const person of peopleOf(task)) barred.add(person);
    }
  }
  return barred;
}

/** Whose seat it is, and who pressed the button. */
function peopleOf(task: Task): string[] {
  const { assignee, decided_by } = task;
  return decided_by === null || decided_by === SLA_MONITOR ? [assignee] : [assignee, decided_by];
}
