import Type from 'typebox';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { nullable } from './shapes.ts';
import { DecisionIn, DecisionOut, ReassignIn, TaskOut } from './tasks.ts';

const byId = Type.Object({ task_id: Type.String({ description: 'The id of the task.' }) });

const noSuchTask = refusal('AWE-004', 404, 'No task has this id.');
const notYours = refusal(
  'AWE-008',
  403,
  'The task is assigned to somebody else, and the token lacks AWE_ADMIN.',
);

export const TASK_OPERATIONS = {
  listTasks: operation({
    operationId: 'list_tasks_v1_awe_tasks_get',
    method: 'get',
    path: '/v1/awe/tasks',
    tag: 'tasks',
    summary: 'List tasks',
    description: 'My tasks, unless told otherwise; newest first. All filters that are given apply together.',
    access: 'any',
    query: Type.Object({
      assignee: Type.Optional(
        nullable(Type.String(), {
          default: 'me',
          description:
            'Whose tasks: `me` is the user of the token, `*` is everybody, anything else is a user id.',
        }),
      ),
      request_id: Type.Optional(nullable(Type.String(), { description: 'Only tasks of this request.' })),
      status: Type.Optional(
        nullable(Type.String(), {
          description:
            'Only tasks with this status; several are separated by commas. An unknown one matches nothing.',
          examples: ['open,claimed'],
        }),
      ),
      limit: limit(100),
      cursor,
    }),
    success: {
      status: 200,
      schema: Type.Array(TaskOut),
      description: 'One page of tasks.',
      headers: linkHeader('/v1/awe/tasks'),
    },
    errors: [],
    examples: { response: [examples.task] },
  }),
  claimTask: operation({
    operationId: 'claim_task_v1_awe_tasks__task_id__claim_post',
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/claim',
    tag: 'tasks',
    summary: 'Claim a task',
    description:
      'Tells others that somebody is on it. It locks nothing: a task can be decided without a claim.',
    access: 'any',
    params: byId,
    success: { status: 200, schema: TaskOut, description: 'The claimed task.' },
    errors: [notYours, noSuchTask, refusal('AWE-007', 409, 'The task is not open any more.')],
    examples: { response: examples.claimedTask },
  }),
  decide: operation({
    operationId: 'decide_v1_awe_tasks__task_id__decision_post',
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/decision',
    tag: 'tasks',
    summary: 'Decide a task',
    description:
      'Records the decision and counts it; the stage and the request may end with it. An expired task can still be ' +
      'decided while its stage is open. Of two decisions on one task exactly one is recorded.',
    access: 'any',
    params: byId,
    body: DecisionIn,
    success: { status: 201, schema: DecisionOut, description: 'The decision.' },
    errors: [
      notYours,
      refusal(
        'AWE-008',
        403,
        'The policy forbids this person to decide: own request, or approver of an earlier stage.',
      ),
      noSuchTask,
      refusal('AWE-007', 409, 'The task was decided, skipped or reassigned, or its request has ended.'),
    ],
    examples: { body: examples.decisionIn, response: examples.decision },
  }),
  reassignTask: operation({
    operationId: 'reassign_task_v1_awe_tasks__task_id__reassign_post',
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/reassign',
    tag: 'tasks',
    summary: 'Give a task to somebody else',
    description:
      'The task becomes reassigned, and a new one with the same due date and the same seat goes to the new assignee. ' +
      'A task that had expired gets a fresh due date.',
    access: 'admin',
    params: byId,
    body: ReassignIn,
    success: { status: 200, schema: TaskOut, description: 'The new task.' },
    errors: [
      noSuchTask,
      refusal('AWE-007', 409, 'The task cannot be moved any more, or the new assignee cannot hold it.'),
    ],
    examples: { body: examples.reassignIn, response: examples.reassignedTask },
  }),
} as const;
