import { isEnded, isOpen, type StageProgress, type Task } from '@awe/engine/approval';
import { evaluate, neededApprovals, type Verdict } from '@awe/engine/evaluator';
import { type Policy, type Stage, stageGroups } from '@awe/engine/policy';
import type { StageStatus } from '@awe/engine/stage-transition';
import { leaveOut } from './left-out.ts';
import type { Recorded } from './recorded.ts';
import type { SourceCase } from './source-case.ts';

/** What became of a stage that was reached. `verdict`: what the engine makes of its votes; null: it has no tasks. */
export type StageStory = {
  stage: Stage;
  group: number;
  status: Exclude<StageStatus, 'waiting' | 'activating'>;
  tasks: Task[];
  progress: StageProgress;
  verdict: Verdict | null;
};

/** The stages that were reached, in their order, with what the source says became of them. */
export function stageStories(
  source: SourceCase,
  policy: Policy,
  tasks: readonly Task[],
  recorded: Recorded,
): StageStory[] {
  const groups = stageGroups(policy);
  const tasksOf = Map.groupBy(tasks, (task) => task.stage_id);
  const last = groups.findLastIndex((group) => group.some((stage) => tasksOf.has(stage.id)));
  const rejecting = source.status === 'rejected' ? rejectingStage(source, policy, tasks, recorded) : null;
  const end =
    source.status === 'approved' ? groups.length - 1 : rejecting ? groupOf(groups, rejecting) : last;
  if (end < last) leaveOut('stages after the one that rejected it have tasks');
  if (end < 0 && !isEnded(source.status)) leaveOut('nobody has been asked yet');
  const isBlocked = rejecting !== null && !tasksOf.has(rejecting.id);

  const late = isEnded(source.status) ? undefined : groups[end]?.find((stage) => isDecided(stage, tasksOf));
  if (late) leaveOut(`stage ${late.stage_order} is open there, and its votes would have passed it here`);
  return groups.slice(0, end + 1).flatMap((group, index) =>
    group
      .filter((stage) => !(isBlocked && index === end && stage !== rejecting))
      .map((stage) => {
        const own = tasksOf.get(stage.id) ?? [];
        const { progress, verdict } = judged(stage, own);
        const isLast = index === end && source.status !== 'approved';
        const status = ((): StageStory['status'] => {
          if (stage === rejecting) return 'rejected';
          if (own.length === 0) return 'skipped';
          if (!isLast || verdict?.kind === 'approved') return 'approved';
          return isEnded(source.status) ? 'cancelled' : 'open';
        })();
        return { stage, group: index, status, tasks: own, progress: { ...progress, status }, verdict };
      }),
  );
}

/** The engine passes the stage, and somebody is still asked at it. */
function isDecided(stage: Stage, tasksOf: ReadonlyMap<string, Task[]>): boolean {
  const tasks = tasksOf.get(stage.id) ?? [];
  return judged(stage, tasks).verdict?.kind === 'approved' && tasks.some(isOpen);
}

function groupOf(groups: readonly Stage[][], stage: Stage): number {
  return groups.findIndex((group) => group.includes(stage));
}

function judged(stage: Stage, tasks: readonly Task[]): { progress: StageProgress; verdict: Verdict | null } {
  const asked = tasks.filter((task) => task.kind === 'approver' && task.status !== 'reassigned').length;
  // An ended request may have had a mode, or a number, that means nothing here.
  const needed = asked === 0 ? 0 : (neededApprovals(stage, asked) ?? stage.mode_value ?? asked);
  const progress: StageProgress = {
    stage_id: stage.id,
    stage_order: stage.stage_order,
    status: 'open',
    needed,
    asked,
    breached_at: null,
    escalation: 'none',
    failures: 0,
    next_attempt_at: null,
  };
  return { progress, verdict: tasks.length === 0 ? null : evaluate(stage, progress, tasks) };
}

/** The timeline names it; else it is the one stage with a rejection, or the one where the request stands. */
function rejectingStage(
  source: SourceCase,
  policy: Policy,
  tasks: readonly Task[],
  recorded: Recorded,
): Stage {
  const byOrder = (order: unknown) => policy.stages.find((stage) => stage.stage_order === order);
  const rejections = new Set(
    tasks
      .filter((task) => task.kind === 'approver' && task.action === 'reject')
      .map((task) => task.stage_order),
  );
  return (
    byOrder(recorded.find('request_rejected')?.payload.stage_order) ??
    (rejections.size === 1 ? byOrder([...rejections][0]) : undefined) ??
    byOrder(source.current_stage_order) ??
    leaveOut('nothing says which stage rejected it')
  );
}
