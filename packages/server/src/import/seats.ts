import { isEnded, type Task } from '@awe/engine/approval';
import type { Policy, Stage } from '@awe/engine/policy';
import { leaveOut } from './left-out.ts';
import { mustSign, requiredSeats, withoutNames } from './required-seats.ts';
import type { SourceCase, SourceDecision, SourceTask } from './source-case.ts';

/**
 * `origins`: by task, whom the rules meant, through every reassignment. `unclear`: stages of which it cannot be known who
 * must sign them.
 */
export type Seats = { tasks: Task[]; origins: ReadonlyMap<string, string>; unclear: ReadonlySet<string> };

const WAITING: ReadonlySet<string> = new Set(['open', 'claimed']);

/** The tasks with their votes, as the engine knows them. Throws `LeftOut` when a task and its decision contradict each other. */
export function seatsOf(source: SourceCase, policy: Policy): Seats {
  const stages = new Map(policy.stages.map((stage) => [stage.id, stage]));
  const decisions = Map.groupBy(source.decisions, (each) => each.task_id);
  const firsts = firstsOf(source.tasks);
  const origins = new Map<string, string>();
  const unclear = new Set<string>();
  const needed = new Map(policy.stages.map((stage) => [stage.id, requiredSeats(stage, source.context)]));
  const shuffled = shuffledStages(source.tasks, firsts);
  const tasks = source.tasks.map((task): Task => {
    const stage: Stage =
      stages.get(task.stage_id) ??
      leaveOut(`the task ${task.id} is of a stage that its policy does not have`);
    const first = firsts.get(task) ?? task;
    // A task that was given away in place keeps one name of those before.
    const origin = first.reassigned_from ?? first.delegated_from ?? first.assignee;
    origins.set(task.id, origin);
    const rules = shuffled.has(stage.id) ? withoutNames(needed.get(stage.id)) : needed.get(stage.id);
    const byRules = task.kind === 'observer' ? false : rules ? mustSign(rules, origin) : null;
    if ((task.required ?? byRules) === null) unclear.add(stage.id);
    const { claimed_at, due_at, created_at } = task;
    return {
      id: task.id,
      request_id: source.id,
      stage_id: stage.id,
      stage_order: stage.stage_order,
      assignee: task.assignee,
      kind: task.kind,
      required: task.required ?? byRules ?? false,
      escalated: false,
      delegated_from: task.delegated_from,
      reassigned_from: task.reassigned_from,
      ...voteOf(task, decisions.get(task.id) ?? []),
      // Nobody decides on a request that has ended, whatever its tasks still say there.
      status: isEnded(source.status) && WAITING.has(task.status) ? 'skipped' : task.status,
      claimed_at,
      due_at,
      created_at,
    };
  });
  return { tasks, origins, unclear };
}

/**
 * Stages of which two seats or more were given away in place: each keeps only its holder before, who may have got it from
 * somebody else, and may be the one that another seat began with.
 */
function shuffledStages(
  tasks: readonly SourceTask[],
  firsts: ReadonlyMap<SourceTask, SourceTask>,
): ReadonlySet<string> {
  const inPlace = tasks.filter((task) => task.reassigned_from !== null && !firsts.has(task));
  const stages = Map.groupBy(inPlace, (task) => task.stage_id);
  return new Set([...stages].filter(([, seats]) => seats.length > 1).map(([stage]) => stage));
}

function voteOf({ id, status }: SourceTask, decisions: readonly SourceDecision[]) {
  const [decision, second] = decisions;
  if (second) leaveOut(`the task ${id} has more than one decision`);
  if ((status === 'completed') !== (decision !== undefined))
    leaveOut(`the task ${id} is ${status} and has ${decision ? 'a' : 'no'} decision`);
  return {
    action: decision?.action ?? null,
    decided_by: decision?.actor ?? null,
    decision_id: decision?.id ?? null,
    completed_at: decision?.created_at ?? null,
  };
}

/** For a task that took over another's seat, the task that the seat began with. */
function firstsOf(tasks: readonly SourceTask[]): Map<SourceTask, SourceTask> {
  const firsts = new Map<SourceTask, SourceTask>();
  for (const task of [...tasks].sort((a, b) => (a.created_at < b.created_at ? -1 : 1))) {
    const before = givenAway(task, tasks);
    if (before) firsts.set(task, firsts.get(before) ?? before);
  }
  return firsts;
}

/** The task that was given away for this one, where the source kept it; null: it was changed in place, or never. */
export function givenAway<T extends SourceTask | Task>(task: T, tasks: readonly T[]): T | null {
  if (task.reassigned_from === null) return null;
  const before = tasks.filter(
    (each) =>
      each.status === 'reassigned' &&
      each.stage_id === task.stage_id &&
      each.assignee === task.reassigned_from &&
      each.created_at <= task.created_at &&
      each !== task,
  );
  return before.at(-1) ?? null;
}
