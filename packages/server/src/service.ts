import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApprovals } from './approvals/create-approvals.ts';
import { createPeopleFinder } from './approvals/people-finder.ts';
import { type Clock, systemClock } from './clock.ts';
import { allowsLoopback, identityKind } from './config/agreement.ts';
import type { Config } from './config/config.ts';
import { visibleConfig } from './config/visible.ts';
import { createDeadlines } from './deadlines/deadlines.ts';
import { addDelegation, delegationsOf, removeDelegation } from './delegations/delegations.ts';
import { createDirectory } from './directory/directory.ts';
import { createApp } from './http/app.ts';
import type { HttpServices, Readiness } from './http/services.ts';
import { createIdentity } from './identity/identity.ts';
import { createCommit } from './ledger/commit.ts';
import { type Database, openDatabase } from './ledger/database.ts';
import { isUnavailable } from './ledger/database-failure.ts';
import { activeDelegates } from './ledger/delegations.ts';
import { createDueWork } from './ledger/due.ts';
import { listEvents } from './ledger/events.ts';
import { createFindAnswer } from './ledger/idempotency.ts';
import { createLoad } from './ledger/load.ts';
import { migrate } from './ledger/migrate.ts';
import { activeVersionId, findPolicy } from './ledger/policies.ts';
import { findRequest, searchRequests } from './ledger/requests.ts';
import { listTasks } from './ledger/tasks.ts';
import { createOutbound } from './outbound/outbound.ts';
import { activatePolicy, deactivatePolicy } from './policies/policy-activation.ts';
import { createPolicyCache } from './policies/policy-cache.ts';
import { getVersion, listPolicies, listVersions } from './policies/policy-reading.ts';
import { simulatePolicy } from './policies/policy-simulation.ts';
import { addVersion, createPolicy, editDraft } from './policies/policy-writing.ts';
import { StartFailure } from './start-failure.ts';
import { buildInfo } from './version.ts';
import { wakeAfter } from './wake.ts';
import { createDeliveryAdmin } from './webhooks/delivery-admin.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
import { createSealing } from './webhooks/sealing.ts';
import { loadSealingKeys } from './webhooks/sealing-keys.ts';
import { openSigningSecrets } from './webhooks/signing-secrets.ts';

export type ServiceOptions = {
  /** With a database: the embedded one is started by whoever starts the service. */
  config: Config;
  /** Where the development key is kept, usually `<cwd>/.awe`. */
  directory: string;
  log: Logger;
  clock?: Clock;
};

export type Service = {
  url: string;
  /** Acts on everything that is due now, without waiting for the watcher to wake; resolves when it is done. */
  runDeadlines: () => Promise<number>;
  /** Stops accepting, finishes what is in flight within 30 s, releases leases and connections. */
  stop: () => Promise<void>;
};

const BATCH = { size: 64, lanes: 2 };
const KEPT_POLICIES = 1_000;
const REQUEST_TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 2_000;
const SHUTDOWN_MS = 30_000;
const IDLE_SWEEP_MS = 50;

/**
 * The hot statements are prepared while the tables may be small, and must still be good when they are large: they only
 * ever reach rows by an index (ADR 7).
 */
const INDEX_ONLY = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

/**
 * Builds the service on its database and listens. Throws `StartFailure` when it cannot: database unreachable, port
 * taken, keys missing. What was opened by then is closed again.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, log } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await start(options, closers, closeAll);
  } catch (error) {
    await closeAll();
    if (isPortTaken(error)) {
      const { host, port } = config.server;
      throw new StartFailure(
        `Port ${port} on ${host} is taken by another program: stop it, or choose another port with AWE__SERVER__PORT.`,
      );
    }
    log.debug({ err: error }, 'the start failed');
    throw error;
  }
}

async function start(
  { config, directory, log, clock = systemClock }: ServiceOptions,
  closers: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<Service> {
  let readiness: Readiness = 'starting';
  const { database, hot } = openPools(config, log, closers);
  await migrate(database, (line) => log.info(line));
  const sealing = createSealing(await loadSealingKeys(config, directory));
  const secrets = await openSigningSecrets({
    pool: database.pool,
    sealing,
    clock,
    configuredDefault: config.secrets.default_callback_secret,
  });
  const outbound = createOutbound(config.outbound, { allowLoopback: allowsLoopback(config) });
  closers.push(() => outbound.close());

  const directoryOfPeople = createDirectory({
    outbound,
    httpTimeoutMs: config.resolver.http_timeout_seconds * 1000,
  });
  const db = database.kysely;
  const findPeople = createPeopleFinder({
    lookUp: (lookup, context) => directoryOfPeople.lookUp(lookup, context),
    activeDelegates: (users, now) => activeDelegates(db, users, now),
  });
  const policies = createPolicyCache((id) => findPolicy(db, id), KEPT_POLICIES);
  const dispatcher = createDispatcher({ database, outbound, secrets, clock, config, log });
  const approvals = createApprovals({
    clock,
    load: createLoad(hot.pool, BATCH),
    commit: createCommit(hot.pool, { ...BATCH, lanes: 1, isUnavailable }),
    findPeople,
    policyById: (id) => policies.get(id),
    activeVersionId: (key) => activeVersionId(db, key),
    findAnswer: createFindAnswer(hot.pool, BATCH),
    callbackSecretExists: secrets.callbackSecretExists,
    callbackUrlFault: outbound.callbackUrlFault,
    committed: (changes) => wakeAfter(changes, { dispatcher, deadlines }),
  });
  const deadlines = createDeadlines({
    clock,
    due: createDueWork(database.pool),
    tick: approvals.tick,
    checkIntervalSeconds: config.sla.check_interval_seconds,
    log,
  });
  const deliveryAdmin = createDeliveryAdmin({ database, clock, wake: dispatcher.wake });
  const onPolicies = { db, clock };

  const services: HttpServices = {
    approvals,
    policies: {
      create: (document, author) => createPolicy(onPolicies, document, author),
      addVersion: (key, document, author) => addVersion(onPolicies, key, document, author),
      editDraft: (key, version, document) => editDraft(onPolicies, key, version, document),
      activate: (key, version) => activatePolicy(onPolicies, key, version),
      deactivate: (key, version) => deactivatePolicy(onPolicies, key, version),
      simulate: (key, version, sample) => simulatePolicy({ ...onPolicies, findPeople }, key, version, sample),
      list: () => listPolicies(onPolicies),
      listVersions: (key) => listVersions(onPolicies, key),
      getVersion: (key, version) => getVersion(onPolicies, key, version),
    },
    queries: {
      searchRequests: (search) => searchRequests(db, search),
      findRequest: (id) => findRequest(db, id),
      listEvents: (requestId) => listEvents(db, requestId),
      listTasks: (search) => listTasks(db, search),
    },
    delegations: {
      list: (userId) => delegationsOf(onPolicies, userId),
      create: (delegation, author) => addDelegation(onPolicies, delegation, author),
      remove: (id) => removeDelegation(onPolicies, id),
    },
    deliveries: {
      list: deliveryAdmin.listDeliveries,
      retry: deliveryAdmin.retryDelivery,
      maxAttempts: config.webhook.max_attempts,
    },
    identity: createIdentity(config, { now: systemClock.now }),
    pingDatabase: () => database.pool.query('select 1'),
    ready: () => readiness,
    visibleConfig: () => visibleConfig(config),
    version: buildInfo(process.env),
    responder: { id: config.service_id, version: config.api_version },
    limits: {
      bodyBytes: config.server.body_limit_bytes,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      pingTimeoutMs: PING_TIMEOUT_MS,
    },
    clock,
    log,
  };

  // Closed in reverse: calls in flight end first, what they committed is still watched and delivered.
  closers.push(
    () => dispatcher.stop(),
    () => deadlines.stop(),
  );
  const app = createApp(services);
  closers.push(() => closeApp(app));
  await app.listen({ host: config.server.host, port: config.server.port });
  const url = urlOf(app, config.server.host);

  dispatcher.start();
  deadlines.start();
  readiness = 'ready';
  log.info({ url }, `AWE is up on ${url} (try ${url}/v1/awe/docs)`);
  if (identityKind(config) === 'development')
    log.warn(
      'Development identity: tokens are believed unsigned. Set keycloak.issuer before anybody else can reach this.',
    );

  return {
    url,
    runDeadlines: deadlines.runDue,
    stop: async () => {
      readiness = 'stopping';
      await closeAll();
    },
  };
}

function openPools(config: Config, log: Logger, closers: (() => Promise<unknown>)[]) {
  if (config.databaseUrl === null)
    throw new Error('startService needs a database; the embedded one is started before it');
  const { pool_size, connect_timeout_seconds, statement_timeout_seconds } = config.database;
  const half = Math.max(1, Math.floor(pool_size / 2));
  const open = (poolSize: number, session: Record<string, string>): Database => {
    const database = openDatabase({
      url: config.databaseUrl ?? '',
      poolSize,
      connectTimeoutMs: connect_timeout_seconds * 1000,
      statementTimeoutMs: statement_timeout_seconds * 1000,
      session,
      onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
    });
    closers.push(() => database.close());
    return database;
  };
  return { database: open(Math.max(1, pool_size - half), {}), hot: open(half, INDEX_ONLY) };
}

/** Lets calls in flight end; those that take longer than a shutdown may last are cut. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_MS);
  // Node closes those that are idle now; one whose call ends later would be kept alive, and the process with it.
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(timer);
  }
}

function urlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
