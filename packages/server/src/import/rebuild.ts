import type { ApprovalRequest, Decision } from '@awe/engine/approval';
import type { Policy } from '@awe/engine/policy';
import { type ApprovalShape, replay } from '@awe/engine/replay';
import { linksOf } from '../integrity/event-chain.ts';
import type { RequestLine } from '../integrity/export-line.ts';
import { checkState } from '../integrity/state-check.ts';
import { leaveOut } from './left-out.ts';
import { recordedIn } from './recorded.ts';
import { type Seats, seatsOf } from './seats.ts';
import type { SourceCase } from './source-case.ts';
import { type StageStory, stageStories } from './stage-stories.ts';
import { timelineOf } from './timeline.ts';

/** A request as it is to be written, and what it was rebuilt from. */
export type Rebuilt = { line: RequestLine; stories: StageStory[]; seats: Seats };

/**
 * Builds the request anew from its rows: stages, seats, votes, and a timeline that leads to exactly that state, linked to a
 * chain. `secretId`: what signs its webhooks here. Throws `LeftOut` when the rows do not make one consistent story; the
 * judge is the check that auditors verify the log with.
 */
export function rebuild(source: SourceCase, policy: Policy, secretId: string | null): Rebuilt {
  if ((source.policy_key ?? policy.policy_key) !== policy.policy_key)
    leaveOut(`it names the policy ${source.policy_key} and is pinned to a version of ${policy.policy_key}`);
  if ((source.policy_version ?? policy.version) !== policy.version)
    leaveOut(`it names version ${source.policy_version} and is pinned to version ${policy.version}`);
  const recorded = recordedIn(source);
  const seats = seatsOf(source, policy);
  const stories = stageStories(source, policy, seats.tasks, recorded);
  const decisions = decisionsOf(source, seats);
  const events = timelineOf(
    { source, policy, stories, recorded },
    new Map(decisions.map((decision) => [decision.task_id, decision])),
  );
  const told = toldBy(events);
  if (told.status !== source.status)
    leaveOut(`it is ${source.status}, and what happened makes it ${told.status}`);
  const request: ApprovalRequest = {
    id: source.id,
    policy_id: policy.id,
    policy_key: policy.policy_key,
    policy_version: policy.version,
    artifact_type: source.artifact_type,
    artifact_id: source.artifact_id,
    source_service: source.source_service,
    requester: source.requester,
    context: source.context,
    callback_url: source.callback_url,
    callback_secret_id: secretId,
    status: told.status,
    current_stage_order: told.current_stage_order,
    sequence: events.length,
    revision: 1,
    completed_at: told.completed_at,
    created_at: source.created_at,
    updated_at: events.at(-1)?.created_at ?? source.updated_at,
  };
  const stages = stories.map((story) => story.progress);
  const { tasks } = seats;
  const links = linksOf(
    { request, before: 0, stages, addedTasks: tasks, changedTasks: [], decisions, events },
    null,
  );
  const line: RequestLine = {
    type: 'request',
    request,
    head: links.at(-1) ?? null,
    stages,
    tasks,
    decisions,
    events: events.map((event, index) => ({ ...event, hash: links[index] ?? null })),
    deliveries: [],
  };
  const [fault] = checkState(line);
  if (fault) leaveOut(`its rows do not make one story: ${fault.place}: ${fault.message}`);
  return { line, stories, seats };
}

function toldBy(events: Parameters<typeof replay>[0]): ApprovalShape {
  try {
    return replay(events);
  } catch (error) {
    return leaveOut(
      `its rows do not make one story: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function decisionsOf(source: SourceCase, { tasks }: Seats): Decision[] {
  const orders = new Map(tasks.map((task) => [task.id, task.stage_order]));
  return source.decisions.map((decision) => ({
    ...decision,
    request_id: source.id,
    stage_order: orders.get(decision.task_id) ?? leaveOut(`the decision ${decision.id} is on no task of it`),
  }));
}
