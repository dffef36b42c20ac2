import { isDeepStrictEqual } from 'node:util';
import type { CreateRequestOut, RequestOut } from '@awe/contract/requests';
import type { DecisionOut, TaskOut } from '@awe/contract/tasks';
import { bodyOf, describeCall, outcomeOf, type RecordedCall } from '../load/recorded-call.ts';
import type { Causes } from './causes.ts';
import type { Ledger } from './ledger.ts';

/** Every change that was acknowledged is in the ledger, and just as it was acknowledged. One sentence for each that is not. */
export function lostChanges(calls: readonly RecordedCall[], ledger: Ledger, causes: Causes): string[] {
  const replays = new Set(
    ledger.keys.map(({ subject, key, response }) => JSON.stringify([subject, key, response])),
  );
  return calls
    .filter((call) => outcomeOf(call) === 'acknowledged')
    .flatMap((call) => {
      const isReplay = replays.has(JSON.stringify([call.actor, call.key, call.answer?.text]));
      const told = isReplay || call.operation.startsWith('read') || causes.eventOf.has(call.id);
      const wrong = [...(told ? [] : ['no event tells of it']), ...differences(call, ledger)];
      return wrong.length === 0 ? [] : [`${describeCall(call)} was acknowledged, but ${wrong.join('; ')}.`];
    });
}

function differences(call: RecordedCall, ledger: Ledger): string[] {
  switch (call.operation) {
    case 'create': {
      const { request_id, tasks = [] } = bodyOf<CreateRequestOut>(call);
      const asked = { ...call.body, source_service: call.actor };
      return [
        ...compare(`request ${request_id}`, asked, ledger.requests.get(request_id)),
        ...tasks.flatMap(({ id, request_id, assignee, stage_order, kind, created_at }) =>
          compare(
            `task ${id}`,
            { request_id, assignee, stage_order, kind, created_at },
            ledger.tasks.get(id),
          ),
        ),
      ];
    }
    case 'claim': {
      const { id, request_id, assignee, claimed_at } = bodyOf<TaskOut>(call);
      const told = { request_id, assignee, claimed_at };
      return compare(`task ${id}`, told, ledger.tasks.get(id));
    }
    case 'reassign': {
      const { id, request_id, reassigned_from, created_at, due_at } = bodyOf<TaskOut>(call);
      const told = { request_id, assignee: call.body?.new_assignee, reassigned_from, created_at };
      const old = compare(`task ${call.target}`, { status: 'reassigned' }, ledger.tasks.get(call.target));
      const hasDue = due_at === null ? { due_at } : {};
      return [...old, ...compare(`task ${id}`, { ...told, ...hasDue }, ledger.tasks.get(id))];
    }
    case 'decide': {
      const told = bodyOf<DecisionOut>(call);
      const { action, comment } = call.body ?? {};
      const asked = { actor: call.actor, task_id: call.target, action, comment };
      const seat = { status: 'completed', action, decided_by: call.actor, decision_id: told.id };
      return [
        ...compare(`decision ${told.id}`, { ...told, ...asked }, ledger.decisions.get(told.id)),
        ...compare(`task ${call.target}`, seat, ledger.tasks.get(call.target)),
      ];
    }
    case 'cancel': {
      const { completed_at } = bodyOf<RequestOut>(call);
      const told = { status: 'cancelled', completed_at };
      return compare(`request ${call.target}`, told, ledger.requests.get(call.target));
    }
    default:
      return [];
  }
}

function compare(what: string, told: object, row: object | undefined): string[] {
  if (row === undefined) return [`${what} is not in the ledger`];
  const held = new Map(Object.entries(row));
  return Object.entries(told)
    .filter(([name, value]) => !isDeepStrictEqual(held.get(name), value))
    .map(
      ([name, value]) =>
        `${what} has ${name} ${JSON.stringify(held.get(name))} and not ${JSON.stringify(value)}`,
    );
}
