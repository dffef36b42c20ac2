import type { DelegationIn } from '@awe/contract/delegations';
import type { Responder, VersionPayload } from '@awe/contract/envelope';
import type { CheckpointOut, ProofOut } from '@awe/contract/integrity';
import type { OverviewOut } from '@awe/contract/overview';
import type { PolicyCreate } from '@awe/contract/policies';
import type { SimulateResponse } from '@awe/contract/simulation';
import type { Task } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { JsonObject } from '@awe/engine/policy';
import type { FastifyBaseLogger } from 'fastify';
import type { Approvals } from '../approvals/approvals.ts';
import type { Admin } from '../audit/admin.ts';
import type { Clock } from '../clock.ts';
import type { Pickers } from '../directory/keycloak/pickers.ts';
import type { Identity } from '../identity/identity.ts';
import type { ExportRange } from '../integrity/export.ts';
import type { AuditRow, AuditSearch } from '../ledger/audit-list.ts';
import type { CheckpointSearch } from '../ledger/checkpoints.ts';
import type { Page } from '../ledger/cursor.ts';
import type { Delegation } from '../ledger/delegations.ts';
import type { DeliveryDetail } from '../ledger/deliveries-detail.ts';
import type { Delivery, DeliverySearch } from '../ledger/deliveries-list.ts';
import type { ReplayFilters } from '../ledger/deliveries-replay.ts';
import type { PolicyVersion, StoredPolicy } from '../ledger/policies.ts';
import type { RequestSearch, ShownRequest } from '../ledger/requests.ts';
import type { TaskSearch } from '../ledger/tasks.ts';
import type { Incidents } from '../operating/incidents.ts';
import type { WrittenPolicy } from '../policies/policy-writing.ts';
import type { ReceiverAdmin } from '../webhooks/receiver-admin.ts';
import type { SecretAdmin } from '../webhooks/secret-admin.ts';

/** The use cases on policies. Refusals are thrown as `AweError`. */
export type PolicyUseCases = {
  create: (document: PolicyCreate, author: Admin) => Promise<WrittenPolicy>;
  addVersion: (key: string, document: PolicyCreate, author: Admin) => Promise<WrittenPolicy>;
  editDraft: (key: string, version: number, document: PolicyCreate, author: Admin) => Promise<WrittenPolicy>;
  activate: (key: string, version: number, by: Admin) => Promise<WrittenPolicy>;
  deactivate: (key: string, version: number, by: Admin) => Promise<StoredPolicy>;
  simulate: (
    key: string,
    version: number,
    sample: { context: JsonObject; requester: string | null },
  ) => Promise<SimulateResponse>;
  list: () => Promise<StoredPolicy[]>;
  listVersions: (key: string) => Promise<PolicyVersion[]>;
  getVersion: (key: string, version: number) => Promise<StoredPolicy>;
};

/** Reads that need no use case of their own. Searches throw `InvalidCursor`. */
export type Queries = {
  searchRequests: (search: RequestSearch) => Promise<Page<ShownRequest>>;
  findRequest: (id: string) => Promise<ShownRequest | null>;
  /** Oldest first; empty when there is no such request. */
  listEvents: (requestId: string) => Promise<TimelineEvent[]>;
  listTasks: (search: TaskSearch) => Promise<Page<Task>>;
  listAudit: (search: AuditSearch) => Promise<Page<AuditRow>>;
};

/** Refusals are thrown as `AweError`: `policy_invalid` for a window that cannot be, `delegation_not_found`. */
export type DelegationUseCases = {
  list: (userId: string | null) => Promise<Delegation[]>;
  create: (delegation: DelegationIn, author: Admin) => Promise<Delegation>;
  remove: (id: string, by: Admin) => Promise<void>;
};

/** Refusals are thrown as `AweError`: `delivery_not_found`, `conflict`. The search throws `InvalidCursor`. */
export type DeliveryUseCases = {
  list: (search: DeliverySearch) => Promise<Page<Delivery>>;
  get: (id: string) => Promise<DeliveryDetail>;
  replay: (filters: ReplayFilters, dryRun: boolean, by: Admin) => Promise<number>;
  retry: (id: string, by: Admin) => Promise<Delivery>;
  /** `webhook.max_attempts`, which every delivery shows. */
  maxAttempts: number;
};

/** What shows that nobody changed the log. The search throws `InvalidCursor`. */
export type IntegrityUseCases = {
  /** Null: there is no such request. */
  proof: (requestId: string) => Promise<ProofOut | null>;
  /** Makes one over everything that is new; without news, the last one. */
  checkpoint: () => Promise<CheckpointOut>;
  checkpoints: (search: CheckpointSearch) => Promise<Page<CheckpointOut>>;
  exportText: (range: ExportRange) => AsyncIterable<string>;
};

/** `starting` until everything is up; `stopping` from the moment the process was told to end. */
export type Readiness = 'starting' | 'ready' | 'stopping';

export type HttpLimits = {
  /** Calls at once, beyond which more are turned away. */
  callsInFlight: number;
  /** Largest request body; bytes. */
  bodyBytes: number;
  /** For a whole call to arrive, headers and body; milliseconds. */
  requestTimeoutMs: number;
  /** For the database to answer the health probe; milliseconds. */
  pingTimeoutMs: number;
};

/** Everything the HTTP layer stands on; built in `main.ts`. */
export type HttpServices = {
  approvals: Pick<Approvals, 'create' | 'claim' | 'decide' | 'cancel' | 'reassign'>;
  policies: PolicyUseCases;
  queries: Queries;
  delegations: DelegationUseCases;
  deliveries: DeliveryUseCases;
  receivers: ReceiverAdmin;
  incidents: Incidents;
  overview: () => Promise<OverviewOut>;
  secrets: SecretAdmin;
  integrity: IntegrityUseCases;
  directory: Pickers;
  identity: Identity;
  /** Rejects when the database does not answer. */
  pingDatabase: () => Promise<unknown>;
  ready: () => Readiness;
  /** The effective settings without secrets. */
  visibleConfig: () => unknown;
  version: VersionPayload;
  /** `service_id` and `api_version`. */
  responder: Responder;
  limits: HttpLimits;
  clock: Clock;
  log: FastifyBaseLogger;
};
