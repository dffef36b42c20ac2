import Type from 'typebox';
import { DelegationIn, DelegationOut } from './delegations.ts';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';

export const DELEGATION_OPERATIONS = {
  listDelegations: operation({
    operationId: 'list_delegations_v1_awe_delegations_get',
    method: 'get',
    path: '/v1/awe/delegations',
    tag: 'delegations',
    summary: 'List delegations',
    description: 'Past, present and future windows, newest first.',
    access: 'viewer',
    query: Type.Object({
      user_id: Type.Optional(Type.String({ description: 'Only the windows in which this person is away.' })),
    }),
    success: { status: 200, schema: Type.Array(DelegationOut), description: 'The delegations.' },
    errors: [],
    examples: { response: [examples.delegation] },
  }),
  createDelegation: operation({
    operationId: 'create_delegation_v1_awe_delegations_post',
    method: 'post',
    path: '/v1/awe/delegations',
    tag: 'delegations',
    summary: 'Let one person stand in for another',
    description:
      'Tasks that open within the window go to the delegate. Tasks that exist stay where they are.',
    access: 'admin',
    body: DelegationIn,
    success: { status: 201, schema: DelegationOut, description: 'The delegation.' },
    errors: [refusal('AWE-010', 400, 'It delegates to the same person, or ends before it starts.')],
    examples: { body: examples.delegationIn, response: examples.delegation },
  }),
  deleteDelegation: operation({
    operationId: 'delete_delegation_v1_awe_delegations__delegation_id__delete',
    method: 'delete',
    path: '/v1/awe/delegations/{delegation_id}',
    tag: 'delegations',
    summary: 'Remove a delegation',
    description:
      'Tasks that open from now on go to the person again. Tasks that exist stay with the delegate.',
    access: 'admin',
    params: Type.Object({ delegation_id: Type.String({ description: 'The id of the delegation.' }) }),
    success: { status: 204, schema: null, description: 'It is removed.' },
    errors: [refusal('AWE-004', 404, 'No delegation has this id.')],
    examples: {},
  }),
} as const;
