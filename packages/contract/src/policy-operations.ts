import Type from 'typebox';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';
import { PolicyCreate, PolicyOut, PolicyVersionOut } from './policies.ts';
import { SimulateRequest, SimulateResponse } from './simulation.ts';

const policy_key = Type.String({ description: 'The key of the policy.', examples: ['farmer-change'] });
const byKey = Type.Object({ policy_key });
const byVersion = Type.Object({
  policy_key,
  version: Type.Integer({ description: 'The number of the version.', examples: [1] }),
});

const warnings = {
  'X-AWE-Warnings': {
    description:
      'A JSON array of remarks on what is allowed but probably not meant; absent when there are none.',
    example: '["stages[1]: no approver rule, so the stage always follows on_empty"]',
  },
};

const noSuchKey = refusal('AWE-001', 404, 'No policy has this key.');
const noSuchVersion = refusal('AWE-001', 404, 'The policy has no such version, or there is no such policy.');
const cannotWork = refusal(
  'AWE-010',
  400,
  'The definition cannot work; the message names every fault with its place.',
);
const keysDiffer = refusal('AWE-010', 400, 'The policy_key in the body differs from the one in the path.');

export const POLICY_OPERATIONS = {
  createPolicy: operation({
    operationId: 'create_policy_v1_awe_policies_post',
    method: 'post',
    path: '/v1/awe/policies',
    tag: 'policies',
    summary: 'Write a new policy',
    description: 'Stores version 1 of a new policy as a draft. It governs nothing until it is activated.',
    access: 'admin',
    body: PolicyCreate,
    success: { status: 201, schema: PolicyOut, description: 'The draft.', headers: warnings },
    errors: [
      cannotWork,
      refusal('AWE-002', 409, 'A policy with this key exists; add a version to it instead.'),
    ],
    examples: { body: examples.policyDraft, response: examples.policy },
  }),
  listPolicies: operation({
    operationId: 'list_policies_v1_awe_policies_get',
    method: 'get',
    path: '/v1/awe/policies',
    tag: 'policies',
    summary: 'List the policies',
    description: 'The newest version of each policy, whatever its status, with stages and rules.',
    access: 'viewer',
    success: { status: 200, schema: Type.Array(PolicyOut), description: 'One version of each policy.' },
    errors: [],
    examples: { response: [examples.policyAs('active')] },
  }),
  addVersion: operation({
    operationId: 'add_version_v1_awe_policies__policy_key__put',
    method: 'put',
    path: '/v1/awe/policies/{policy_key}',
    tag: 'policies',
    summary: 'Write a new version of a policy',
    description:
      'Stores the body as a draft whose number is one above the newest. Other versions stay as they are.',
    access: 'admin',
    params: byKey,
    body: PolicyCreate,
    success: { status: 201, schema: PolicyOut, description: 'The draft.', headers: warnings },
    errors: [cannotWork, keysDiffer, noSuchKey],
    examples: { body: examples.policyDraft, response: { ...examples.policy, version: 2 } },
  }),
  listVersions: operation({
    operationId: 'list_versions_v1_awe_policies__policy_key__versions_get',
    method: 'get',
    path: '/v1/awe/policies/{policy_key}/versions',
    tag: 'policies',
    summary: 'List the versions of a policy',
    description: 'Every version, newest first, without stages.',
    access: 'viewer',
    params: byKey,
    success: { status: 200, schema: Type.Array(PolicyVersionOut), description: 'The versions.' },
    errors: [noSuchKey],
    examples: { response: [examples.policyVersion] },
  }),
  getVersion: operation({
    operationId: 'get_version_v1_awe_policies__policy_key__versions__version__get',
    method: 'get',
    path: '/v1/awe/policies/{policy_key}/versions/{version}',
    tag: 'policies',
    summary: 'Read one version of a policy',
    description: 'The version with its stages and rules.',
    access: 'viewer',
    params: byVersion,
    success: { status: 200, schema: PolicyOut, description: 'The version.' },
    errors: [noSuchVersion],
    examples: { response: examples.policyAs('active') },
  }),
  editDraft: operation({
    operationId: 'edit_draft_v1_awe_policies__policy_key__versions__version__patch',
    method: 'patch',
    path: '/v1/awe/policies/{policy_key}/versions/{version}',
    tag: 'policies',
    summary: 'Replace a draft',
    description:
      'The body takes the place of the whole draft. A version that was ever active cannot be changed.',
    access: 'admin',
    params: byVersion,
    body: PolicyCreate,
    success: { status: 200, schema: PolicyOut, description: 'The draft as it is now.', headers: warnings },
    errors: [
      cannotWork,
      keysDiffer,
      noSuchVersion,
      refusal('AWE-007', 409, 'The version is not a draft any more.'),
    ],
    examples: { body: examples.policyDraft, response: examples.policy },
  }),
  activate: operation({
    operationId: 'activate_v1_awe_policies__policy_key__versions__version__activate_post',
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/activate',
    tag: 'policies',
    summary: 'Activate a version',
    description:
      'From now on the version governs new requests, and the one that was active is archived, in one step. Requests ' +
      'that exist keep their version. An archived version may be activated again; an active one stays so.',
    access: 'admin',
    params: byVersion,
    success: { status: 200, schema: PolicyOut, description: 'The active version.', headers: warnings },
    errors: [noSuchVersion],
    examples: { response: examples.policyAs('active') },
  }),
  deactivate: operation({
    operationId: 'deactivate_v1_awe_policies__policy_key__versions__version__deactivate_post',
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/deactivate',
    tag: 'policies',
    summary: 'Archive the active version',
    description:
      'Takes the version out of use and puts nothing in its place: new requests for the policy are refused until a ' +
      'version is activated. Requests that exist go on.',
    access: 'admin',
    params: byVersion,
    success: { status: 200, schema: PolicyOut, description: 'The archived version.' },
    errors: [noSuchVersion, refusal('AWE-007', 409, 'The version is not active.')],
    examples: { response: examples.policyAs('archived') },
  }),
  simulate: operation({
    operationId: 'simulate_v1_awe_policies__policy_key__versions__version__simulate_post',
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/simulate',
    tag: 'policies',
    summary: 'Try a version on a sample',
    description:
      'Finds the people of each stage for the context given, with filters and delegations. Writes nothing.',
    access: 'viewer',
    params: byVersion,
    body: SimulateRequest,
    success: { status: 200, schema: SimulateResponse, description: 'Whom each stage would ask.' },
    errors: [
      noSuchVersion,
      refusal('AWE-007', 503, 'A service that is needed to find the people did not answer.'),
    ],
    examples: { body: examples.sample, response: examples.simulation },
  }),
} as const;
