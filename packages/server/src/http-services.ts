import type { FetchImplementation } from 'jose';
import type { Logger } from 'pino';
import type { Approvals } from './approvals/approvals.ts';
import type { PeopleFinder } from './approvals/people-finder.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { visibleConfig } from './config/visible.ts';
import { addDelegation, delegationsOf, removeDelegation } from './delegations/delegations.ts';
import type { Pickers } from './directory/keycloak/pickers.ts';
import type { HttpServices, Readiness } from './http/services.ts';
import { createIdentity } from './identity/identity.ts';
import type { Checkpoints } from './integrity/checkpoints.ts';
import { exportText } from './integrity/export.ts';
import { proveRequest } from './integrity/proof.ts';
import { listAudit } from './ledger/audit-list.ts';
import { listEvents } from './ledger/events.ts';
import { findRequest, searchRequests } from './ledger/requests.ts';
import { listTasks } from './ledger/tasks.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createIncidents } from './operating/incidents.ts';
import { createOverview } from './operating/overview.ts';
import { activatePolicy, deactivatePolicy } from './policies/policy-activation.ts';
import { getVersion, listPolicies, listVersions } from './policies/policy-reading.ts';
import { simulatePolicy } from './policies/policy-simulation.ts';
import { addVersion, createPolicy, editDraft } from './policies/policy-writing.ts';
import type { Pools } from './pools.ts';
import { buildInfo } from './version.ts';
import { createDeliveryAdmin } from './webhooks/delivery-admin.ts';
import type { Dispatcher } from './webhooks/dispatcher.ts';
import { createReceiverAdmin } from './webhooks/receiver-admin.ts';
import type { SecretAdmin } from './webhooks/secret-admin.ts';

export type Built = {
  config: Config;
  log: Logger;
  clock: Clock;
  pools: Pools;
  approvals: Approvals;
  findPeople: PeopleFinder;
  dispatcher: Dispatcher;
  secrets: SecretAdmin;
  checkpoints: Checkpoints;
  pickers: Pickers;
  /** For the issuer's signing keys. */
  fetchKeys: FetchImplementation;
  ready: () => Readiness;
  metrics: Pick<Metrics, 'identity'>;
};

/** For a call to arrive, headers and body; milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 2_000;

/** Everything the HTTP layer stands on, out of what the service has built. */
export function httpServices(built: Built): HttpServices {
  const {
    config,
    log,
    clock,
    pools,
    approvals,
    findPeople,
    dispatcher,
    secrets,
    checkpoints,
    pickers,
    fetchKeys,
    ready,
  } = built;
  const db = pools.reads.kysely;
  const base = { db, clock };
  const deliveries = createDeliveryAdmin({ database: pools.reads, clock, wake: dispatcher.wake });
  return {
    approvals,
    policies: {
      create: (document, author) => createPolicy(base, document, author),
      addVersion: (key, document, author) => addVersion(base, key, document, author),
      editDraft: (key, version, document, author) => editDraft(base, key, version, document, author),
      activate: (key, version, by) => activatePolicy(base, key, version, by),
      deactivate: (key, version, by) => deactivatePolicy(base, key, version, by),
      simulate: (key, version, sample) => simulatePolicy({ ...base, findPeople }, key, version, sample),
      list: () => listPolicies(base),
      listVersions: (key) => listVersions(base, key),
      getVersion: (key, version) => getVersion(base, key, version),
    },
    queries: {
      searchRequests: (search) => searchRequests(db, search),
      findRequest: (id) => findRequest(db, id),
      listEvents: (requestId) => listEvents(db, requestId),
      listTasks: (search) => listTasks(db, search),
      listAudit: (search) => listAudit(db, search),
    },
    delegations: {
      list: (userId) => delegationsOf(base, userId),
      create: (delegation, author) => addDelegation(base, delegation, author),
      remove: (id, by) => removeDelegation(base, id, by),
    },
    deliveries: {
      list: deliveries.listDeliveries,
      get: deliveries.getDelivery,
      replay: deliveries.replayDeliveries,
      retry: deliveries.retryDelivery,
      maxAttempts: config.webhook.max_attempts,
    },
    receivers: createReceiverAdmin({ database: pools.reads, clock, dispatcher }),
    incidents: createIncidents({
      database: pools.reads,
      clock,
      tick: approvals.tick,
      wake: dispatcher.wake,
    }),
    overview: createOverview({ database: pools.reads, clock }),
    secrets,
    integrity: {
      proof: (requestId) => proveRequest(db, requestId),
      checkpoint: checkpoints.take,
      checkpoints: checkpoints.list,
      exportText: (range) => exportText(db, range, clock.now()),
    },
    directory: pickers,
    // Tokens expire by the real time, whatever clock the approvals run on.
    identity: built.metrics.identity(createIdentity(config, { now: systemClock.now, fetch: fetchKeys })),
    pingDatabase: () => pools.probe.pool.query('select 1'),
    ready,
    visibleConfig: () => visibleConfig(config),
    version: buildInfo(process.env),
    responder: { id: config.service_id, version: config.api_version },
    limits: {
      callsInFlight: config.server.max_calls_in_flight,
      bodyBytes: config.server.body_limit_bytes,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      pingTimeoutMs: PING_TIMEOUT_MS,
    },
    clock,
    log,
  };
}
