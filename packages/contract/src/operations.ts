import { AUDIT_OPERATIONS } from './audit-operations.ts';
import { DELEGATION_OPERATIONS } from './delegation-operations.ts';
import { DELIVERY_OPERATIONS } from './delivery-operations.ts';
import { DIRECTORY_OPERATIONS } from './directory-operations.ts';
import { HEALTH_OPERATIONS } from './health-operations.ts';
import { INCIDENT_OPERATIONS } from './incident-operations.ts';
import { INTEGRITY_OPERATIONS } from './integrity-operations.ts';
import type { BodyOf, HeadersOf, Operation, ParamsOf, QueryOf, ResultOf, Tag } from './operation.ts';
import { OVERVIEW_OPERATIONS } from './overview-operations.ts';
import { POLICY_OPERATIONS } from './policy-operations.ts';
import { RECEIVER_OPERATIONS } from './receiver-operations.ts';
import { REQUEST_OPERATIONS } from './request-operations.ts';
import { SECRET_OPERATIONS } from './secret-operations.ts';
import { TASK_OPERATIONS } from './task-operations.ts';

/**
 * Every operation of the API by a short name. The service registers its routes from this table and the document is
 * written from it, so the two cannot differ.
 */
export const OPERATIONS = {
  ...HEALTH_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...REQUEST_OPERATIONS,
  ...TASK_OPERATIONS,
  ...DELEGATION_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...RECEIVER_OPERATIONS,
  ...INCIDENT_OPERATIONS,
  ...OVERVIEW_OPERATIONS,
  ...SECRET_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...INTEGRITY_OPERATIONS,
  ...DIRECTORY_OPERATIONS,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The table once more, as `[name, operation]` with the names typed. */
export const OPERATION_LIST = Object.entries(OPERATIONS) as [OperationName, Operation][];

/** What a caller sends and gets, by operation name: `OperationBody<'createRequest'>` is `CreateRequestIn`. */
export type OperationParams<Name extends OperationName> = ParamsOf<(typeof OPERATIONS)[Name]>;
export type OperationQuery<Name extends OperationName> = QueryOf<(typeof OPERATIONS)[Name]>;
export type OperationHeaders<Name extends OperationName> = HeadersOf<(typeof OPERATIONS)[Name]>;
export type OperationBody<Name extends OperationName> = BodyOf<(typeof OPERATIONS)[Name]>;
export type OperationResult<Name extends OperationName> = ResultOf<(typeof OPERATIONS)[Name]>;

/** What the groups of operations are for, in the order of the document. */
export const TAGS: Readonly<Record<Tag, string>> = {
  health: 'Probes, build and settings. Needs no token.',
  policies: 'Who must approve what: written, versioned, tried and activated by administrators.',
  requests: 'Artifacts that need approval: for the services that own them.',
  tasks: 'What each approver is asked: for the screens through which people decide.',
  delegations: 'Who stands in for whom, and when. For administrators.',
  deliveries: 'Webhooks on their way to the owners of artifacts. For administrators.',
  incidents: 'What does not go on by itself, and what repairs it. For administrators.',
  overview: 'The state of everything on one page. For administrators.',
  secrets: 'What webhooks are signed with. For administrators.',
  audit: 'What administrators did, and what shows that nobody changed it. For administrators and auditors.',
  directory: 'Whom a policy can name, as Keycloak knows them. For administrators.',
};
