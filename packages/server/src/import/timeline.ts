import type { Decision, Task } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import { compileLogic, truthy } from '@awe/engine/jsonlogic/compile';
import type { Policy, Stage } from '@awe/engine/policy';
import type { Recorded } from './recorded.ts';
import { asRecorded, type Scribe, scribeOf, type Telling } from './scribe.ts';
import { givenAway } from './seats.ts';
import type { SourceCase } from './source-case.ts';
import type { StageStory } from './stage-stories.ts';
import { taskTellings } from './task-tellings.ts';

type Written = { source: SourceCase; policy: Policy; stories: readonly StageStory[]; recorded: Recorded };

/**
 * The timeline of a request in the words of this engine, oldest first: what its rows say happened, with the ids and the
 * moments that the source recorded. What the source recorded and has no place here is kept in the first event.
 */
export function timelineOf(written: Written, decisions: ReadonlyMap<string, Decision>): TimelineEvent[] {
  const { source, policy, stories, recorded } = written;
  const scribe = scribeOf(source, recorded);
  const first = scribe.tell({
    type: 'request_created',
    status: 'pending',
    stageOrder: null,
    at: source.created_at,
    isExact: true,
    actor: source.source_service,
    payload: {
      policy_key: policy.policy_key,
      policy_version: policy.version,
      requester: source.requester,
      source_service: source.source_service,
    },
  });
  for (const group of Map.groupBy(stories, (story) => story.group).values())
    tellGroup(scribe, group, written, decisions);
  tellEnd(scribe, written);
  const { callback_secret_id, current_stage_order, updated_at, completed_at } = source;
  first.payload.imported = {
    ...Object(first.payload.imported),
    fingerprint: source.fingerprint,
    request: { callback_secret_id, current_stage_order, updated_at, completed_at },
    unplaced: recorded.rest().map(asRecorded),
  };
  return scribe.events();
}

function tellGroup(
  scribe: Scribe,
  group: readonly StageStory[],
  { source, recorded }: Written,
  decisions: ReadonlyMap<string, Decision>,
): void {
  const begun = group.flatMap((story) => story.tasks.map((task) => task.created_at)).sort()[0];
  const since = begun ?? scribe.events().at(-1)?.created_at ?? source.created_at;
  for (const story of group) {
    if (story.status === 'skipped') scribe.tell(passing(story.stage, source, since, recorded));
    else if (story.tasks.length > 0) scribe.tell(opening(story, since));
  }
  const running: { key: Instant; telling: Telling }[] = [];
  for (const story of group) {
    let key = since;
    for (const telling of taskTellings(story.tasks, decisions, recorded)) {
      if (telling.at > key) key = telling.at;
      running.push({ key, telling });
    }
    if (story.status === 'approved' && story.tasks.length > 0)
      running.push({ key, telling: completion(story, key, decisions, { outcome: 'approved' }) });
  }
  // The sort is stable: what one stage did keeps its order.
  running.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  for (const { telling } of running) scribe.tell(telling);
  const rejected = group.find((story) => story.status === 'rejected' && story.tasks.length > 0);
  if (rejected) {
    const at = scribe.events().at(-1)?.created_at ?? since;
    const reason = reasonOf(rejected, recorded);
    scribe.tell(completion(rejected, at, decisions, { outcome: 'rejected', reason }));
  }
}

function passing(stage: Stage, { context }: SourceCase, at: Instant, recorded: Recorded): Telling {
  const told = recorded.find('stage_skipped', { stageOrder: stage.stage_order })?.payload.reason;
  const reason = typeof told === 'string' ? told : isSkipped(stage, context) ? 'skip_if' : 'no_approvers';
  return {
    type: 'stage_skipped',
    status: 'in_review',
    stageOrder: stage.stage_order,
    at,
    payload: { name: stage.name, reason },
  };
}

/** Whether the stage's own condition passes it over here. */
export function isSkipped(stage: Stage, context: SourceCase['context']): boolean {
  if (stage.skip_if === null) return false;
  const result = compileLogic(stage.skip_if)(context);
  return result.ok && truthy(result.value);
}

/** Who was asked at the beginning: a seat that was given away later is told of then. */
function opening({ stage, tasks, progress }: StageStory, at: Instant): Telling {
  const asked = tasks.filter((task) => givenAway(task, tasks) === null);
  const approvers = asked.filter((task) => task.kind === 'approver');
  return {
    type: 'stage_started',
    status: 'in_review',
    stageOrder: stage.stage_order,
    at,
    payload: {
      name: stage.name,
      mode: stage.mode,
      mode_value: stage.mode_value,
      needed: progress.needed,
      approvers: approvers.map((task) => task.assignee),
      observers: asked.filter((task) => task.kind === 'observer').map((task) => task.assignee),
      required_approvers: approvers.filter((task) => task.required).map((task) => task.assignee),
    },
  };
}

function completion(
  { stage, tasks }: StageStory,
  at: Instant,
  decisions: ReadonlyMap<string, Decision>,
  outcome: { outcome: string; reason?: string },
): Telling {
  return {
    type: 'stage_completed',
    status: 'in_review',
    stageOrder: stage.stage_order,
    at,
    actor: lastActor(tasks, decisions),
    payload: { name: stage.name, ...outcome },
  };
}

function lastActor(tasks: readonly Task[], decisions: ReadonlyMap<string, Decision>): string | null {
  const made = tasks.flatMap((task) => decisions.get(task.id) ?? []);
  made.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  return made.at(-1)?.actor ?? null;
}

function reasonOf({ stage, verdict }: StageStory, recorded: Recorded): string {
  const told =
    recorded.find('request_rejected')?.payload.reason ??
    recorded.find('stage_completed', { stageOrder: stage.stage_order })?.payload.reason;
  if (typeof told === 'string') return told;
  return verdict?.kind === 'rejected' ? verdict.reason : 'not_recorded';
}

function tellEnd(scribe: Scribe, { source, policy, stories, recorded }: Written): void {
  const { status, completed_at, updated_at } = source;
  if (status === 'pending' || status === 'in_review') return;
  const type = `request_${status}` as const;
  const known = recorded.find(type);
  const rejected = stories.find((story) => story.status === 'rejected');
  const last = scribe.events().at(-1);
  const about = rejected ? rejected.stage.stage_order : Number(last?.payload.stage_order ?? 0) || null;
  const wasSkipped = stories.every((story) => story.status === 'skipped');
  const reason = ((): string | null => {
    if (status === 'approved')
      return policy.stages.length === 0 ? 'no_stages' : wasSkipped ? 'all_stages_skipped' : null;
    if (rejected) return reasonOf(rejected, recorded);
    return typeof known?.payload.reason === 'string' ? known.payload.reason : null;
  })();
  scribe.tell({
    type,
    status,
    stageOrder: about,
    at: completed_at ?? known?.created_at ?? updated_at,
    isExact: true,
    actor: status === 'cancelled' ? (known?.actor ?? null) : (last?.actor ?? null),
    payload: reason === null ? {} : { reason },
    about: {},
  });
}
