import { isPending, type Task } from '@awe/engine/approval';
import type { Command, CreateCommand } from '@awe/engine/command';
import { create } from '@awe/engine/create';
import { execute } from '@awe/engine/execute';
import { hoursAfter, type Instant } from '@awe/engine/instant';
import { type Answer, lookupKey } from '@awe/engine/people';
import type { Policy } from '@awe/engine/policy';
import { systemClock } from '@awe/server/clock';
import { LOOKUPS } from '../../../engine/test/random-policies.ts';
import type { Step } from '../../../engine/test/random-stories.ts';
import type { Played } from './played-source.ts';

export const ADMIN = { id: 'root', isAdmin: true };

/** Everybody's world: the time, and who is found and away. */
export type Surroundings = { policy: Policy; now: Instant; found: Answer[]; away: Map<string, string> };

/** Gives a command to the engine until it has been told everything. Returns what became of it. */
export function carryOut(
  played: Played | null,
  command: Command | CreateCommand,
  around: Surroundings,
): Played | null {
  const answers = new Map<string, Answer>();
  const delegates = new Map<string, string | null>();
  for (;;) {
    const { newId } = systemClock;
    const world = { policy: around.policy, people: { answers, delegates }, now: around.now, newId };
    const outcome =
      command.type === 'create'
        ? create(command, world)
        : execute((played as Played).approval, command, world);
    if (outcome.kind === 'changed') {
      const { decisions, events } = outcome.changes;
      return {
        approval: outcome.approval,
        decisions: [...(played?.decisions ?? []), ...decisions],
        events: [...(played?.events ?? []), ...events],
      };
    }
    if (outcome.kind !== 'needs') return played;
    for (const lookup of outcome.needs.lookups) {
      const place = LOOKUPS.findIndex((each) => lookupKey(each as never) === lookupKey(lookup));
      answers.set(lookupKey(lookup), around.found[place] ?? { ok: false, reason: 'nobody knows' });
    }
    for (const user of outcome.needs.delegatesOf) delegates.set(user, around.away.get(user) ?? null);
  }
}

/** The seat that a step is about, by what an import keeps of it. */
export function seatAt(
  { approval }: Played,
  position: number,
): Pick<Task, 'stage_id' | 'assignee'> | undefined {
  const pending = approval.tasks.filter(isPending);
  return pending[position % Math.max(1, pending.length)];
}

function commandOf(step: Step, played: Played, seat: ReturnType<typeof seatAt>): Command | null {
  if (step.does === 'cancel') return { type: 'cancel', by: ADMIN, reason: null, requested_by: null };
  if (step.does === 'tick') return { type: 'tick', force: step.force };
  if (step.does !== 'decide' && step.does !== 'claim' && step.does !== 'reassign') return null;
  const task = played.approval.tasks.find(
    (each) => isPending(each) && each.stage_id === seat?.stage_id && each.assignee === seat.assignee,
  );
  if (!task) return null;
  const task_id = task.id;
  if (step.does === 'reassign')
    return { type: 'reassign', task_id, by: ADMIN, new_assignee: step.to, reason: null };
  const by =
    step.as === 'assignee'
      ? { id: task.assignee, isAdmin: false }
      : { id: step.who, isAdmin: step.as === 'admin' };
  if (step.does === 'claim') return { type: 'claim', task_id, by };
  return { type: 'decide', task_id, by, action: step.action, comment: null, attachments_ref: null };
}

/** What a step does to everybody's world. */
export function pass(step: Step, around: Surroundings): void {
  if (step.does === 'tick' || step.does === 'sleep') around.now = hoursAfter(around.now, step.hours);
  if (step.does === 'staffing') around.found[step.lookup] = { ok: true, users: step.users };
  if (step.does === 'outage' && step.down) around.found[step.lookup] = { ok: false, reason: 'it is down' };
  if (step.does === 'delegate' && step.to !== null) around.away.set(step.from, step.to);
}

const CREATE: CreateCommand = {
  type: 'create',
  id: '00000000-0000-7000-8000-00000000a0de',
  source_service: 'registry',
  artifact_type: 'deed',
  artifact_id: 'deed-7',
  requester: null,
  context: {},
  callback_url: null,
  callback_secret_id: null,
};

/** A request of this policy, or null when nobody can be asked. */
export function begin(given: Partial<CreateCommand>, around: Surroundings): Played | null {
  return carryOut(null, { ...CREATE, ...given }, around);
}

/** What a step comes to for this request; nothing, where it is refused. */
export function taken(
  played: Played,
  step: Step,
  seat: ReturnType<typeof seatAt>,
  around: Surroundings,
): Played {
  const command = commandOf(step, played, seat);
  return command ? (carryOut(played, command, around) ?? played) : played;
}
