import type { Stand } from './stand.ts';
import { admin, caller, person } from './stand.ts';

export type Task = {
  id: string;
  request_id: string;
  stage_id: string;
  stage_order: number;
  assignee: string;
  kind: string;
  status: string;
  due_at: string | null;
  delegated_from: string | null;
  reassigned_from: string | null;
  decision_id: string | null;
  created_at: string;
};
export type Created = { request_id: string; status: string; current_stage_order: number; tasks: Task[] };
export type Event = {
  id: string;
  event_type: string;
  payload: Record<string, unknown> & { stage_order: number | null; status: string };
  created_at: string;
};
export type ErrorBody = { errors: { errorCode: string; message: string }[]; response: null };

export const user = (user_id: string, more: object = {}) => ({
  rule_type: 'user',
  rule_value: { user_id },
  ...more,
});

/** A policy of one stage after the other, in the order given. */
export function policyOf(policy_key: string, stages: object[], more: object = {}) {
  return {
    policy_key,
    name: policy_key,
    artifact_type: 'test.artifact',
    stages: stages.map((stage, index) => ({ name: `Stage ${index + 1}`, stage_order: index + 1, ...stage })),
    ...more,
  };
}

/** The words that tests of the whole service tell their stories in. */
export function storyOf(stand: Stand) {
  const { call } = stand;
  const taskOf = async (requestId: string, assignee: string): Promise<Task> => {
    const tasks = await call<Task[]>(admin, 'GET', `/tasks?assignee=${assignee}&request_id=${requestId}`);
    const task = tasks.body.find((each) => each.status !== 'reassigned');
    if (!task) throw new Error(`${assignee} has no task on ${requestId}`);
    return task;
  };
  return {
    create: async (policy_key: string, more: object = {}, headers: Record<string, string> = {}) =>
      call<Created>(
        caller,
        'POST',
        '/requests',
        { policy_key, artifact_type: 'test.artifact', artifact_id: 'a-1', context: {}, ...more },
        { headers },
      ),
    taskOf,
    decide: async (requestId: string, assignee: string, action: string, more: object = {}) =>
      call(person(assignee), 'POST', `/tasks/${(await taskOf(requestId, assignee)).id}/decision`, {
        action,
        ...more,
      }),
    statusOf: async (requestId: string) =>
      (await call<{ status: string }>(caller, 'GET', `/requests/${requestId}`)).body.status,
    timeline: async (requestId: string) =>
      (await call<Event[]>(caller, 'GET', `/requests/${requestId}/events`)).body,
    eventTypes: async (requestId: string) =>
      (await call<Event[]>(caller, 'GET', `/requests/${requestId}/events`)).body.map(
        (each) => each.event_type,
      ),
  };
}
