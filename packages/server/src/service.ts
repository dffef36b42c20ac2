import type { AddressInfo } from 'node:net';
import process from 'node:process';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApprovals } from './approvals/create-approvals.ts';
import { decideWith } from './approvals/deciding.ts';
import { createPeopleFinder } from './approvals/people-finder.ts';
import type { ApprovalServices } from './approvals/services.ts';
import { type Clock, systemClock } from './clock.ts';
import { acceptedRisks, allowsLoopback, identityKind } from './config/agreement.ts';
import type { Config } from './config/config.ts';
import { createDeadlines } from './deadlines/deadlines.ts';
import { createDirectory } from './directory/directory.ts';
import { createKeycloak, KEYCLOAK_CALLS, type Keycloak } from './directory/keycloak/keycloak.ts';
import { createApp } from './http/app.ts';
import { closeGracefully } from './http/graceful-close.ts';
import { serveMetrics } from './http/metrics-page.ts';
import type { Readiness } from './http/services.ts';
import { webRules } from './http/web-rules.ts';
import { httpServices } from './http-services.ts';
import { signingKeysUrl } from './identity/identity.ts';
import { openCheckpointKey } from './integrity/checkpoint-key.ts';
import { createCheckpoints } from './integrity/checkpoints.ts';
import { createActiveDelegates } from './ledger/active-delegates.ts';
import { createActiveVersionId } from './ledger/active-version.ts';
import { createCommit } from './ledger/commit.ts';
import { isUnavailable } from './ledger/database-failure.ts';
import { createDueWork } from './ledger/due.ts';
import { createFindAnswer } from './ledger/idempotency.ts';
import { createLoad } from './ledger/load.ts';
import { migrate } from './ledger/migrate.ts';
import { findPolicy } from './ledger/policies.ts';
import { readQueueDepths } from './ledger/queue-depths.ts';
import { createMetrics } from './metrics/metrics.ts';
import { configuredDispatcher } from './outbound/configured-dispatcher.ts';
import { type ConfiguredFetch, configuredFetch } from './outbound/configured-fetch.ts';
import { createOutbound } from './outbound/outbound.ts';
import { createPolicyCache } from './policies/policy-cache.ts';
import { openPools } from './pools.ts';
import { type Portal, prebuiltPortal } from './portal/portal.ts';
import { servePortal } from './portal/serve-portal.ts';
import { keptThings } from './retention/kept.ts';
import { createRetention } from './retention/retention.ts';
import { StartFailure } from './start-failure.ts';
import { openTracing, type Tracing } from './tracing/tracing.ts';
import { buildInfo } from './version.ts';
import { wakeAfter } from './wake.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
import { resealSecrets } from './webhooks/resealing.ts';
import { createSealing } from './webhooks/sealing.ts';
import { loadSealingKeys } from './webhooks/sealing-keys.ts';
import { createSecretAdmin } from './webhooks/secret-admin.ts';
import { openSigningSecrets } from './webhooks/signing-secrets.ts';
import { within } from './webhooks/within.ts';

export type ServiceOptions = {
  /** With a database: the embedded one is started by whoever starts the service. */
  config: Config;
  /** Where the development key is kept, usually `<cwd>/.awe`. */
  directory: string;
  log: Logger;
  clock?: Clock;
  /** What is served at `/`; what was built before, unless given. */
  portal?: Portal;
};

export type Service = {
  url: string;
  /** Acts on everything that is due now, without waiting for the watcher to wake; resolves when it is done. */
  runDeadlines: () => Promise<number>;
  /** Removes what is past its retention now; how many rows and requests it was. What fails is logged. */
  runRetention: () => Promise<number>;
  /** Stops accepting, finishes what is in flight, releases leases and connections; within 30 s. */
  stop: () => Promise<void>;
};

/** One statement takes what has come together, up to `size`; `lanes` of them may be under way. */
const READ_BATCH = { size: 64, lanes: 2 };
const COMMIT_BATCH = { size: 64, lanes: 2 };
const KEPT_POLICIES = 1_000;
/** A key set of a hundred keys with their certificates has a tenth of this. */
const SIGNING_KEYS_CALLS = { timeoutMs: 10_000, maxResponseBytes: 1_048_576 };
/** Calls in flight and attempts under way are waited for at the same time, then pools are closed: 30 s in all. */
const PATIENCE_MS = 20_000;

/**
 * Builds the service on its database and listens. Throws `StartFailure` when it cannot: database unreachable, port
 * taken, keys missing. What was opened by then is closed again.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, directory, log, clock = systemClock, portal = prebuiltPortal() } = options;
  const pools = openPools(config, log);
  const outbound = createOutbound(config.outbound, { allowLoopback: allowsLoopback(config) });
  const keycloakCalls = configuredDispatcher(KEYCLOAK_CALLS);
  // Keycloak's tokens expire by the real time, whatever clock the approvals run on.
  const keycloak = createKeycloak(config, {
    now: systemClock.now,
    fetchOptions: { dispatcher: keycloakCalls.dispatcher },
  });
  const { issuer, jwks_url } = config.keycloak;
  const keysCalls = configuredFetch({
    urls: issuer === null ? [] : [signingKeysUrl(jwks_url, issuer).href],
    ...SIGNING_KEYS_CALLS,
  });
  const tracing = await openTracing({ env: process.env, build: buildInfo(process.env), log });
  const closeNeighbours = async () => {
    await outbound.close();
    await keycloakCalls.close();
    await keysCalls.close();
    await pools.close();
    await tracing.stop();
  };
  try {
    return await start(
      { config, directory, log, clock, portal },
      { pools, outbound, keycloak, fetchKeys: keysCalls.fetch, tracing, closeNeighbours },
    );
  } catch (error) {
    await closeNeighbours();
    throw isPortTaken(error) ? portTaken(config) : error;
  }
}

type Neighbours = {
  pools: ReturnType<typeof openPools>;
  outbound: ReturnType<typeof createOutbound>;
  keycloak: Keycloak;
  fetchKeys: ConfiguredFetch['fetch'];
  tracing: Tracing;
  closeNeighbours: () => Promise<void>;
};

async function start(
  { config, directory, log, clock, portal }: Required<ServiceOptions>,
  { pools, outbound, keycloak, fetchKeys, tracing, closeNeighbours }: Neighbours,
): Promise<Service> {
  const { hot, reads } = pools;
  let readiness: Readiness = 'starting';
  const ready = () => readiness;
  await migrate(reads, (line) => log.info(line));
  const metrics = createMetrics({
    build: buildInfo(process.env),
    ready,
    pools,
    queues: { now: clock.now, read: (now) => readQueueDepths(pools.outbox.pool, now) },
  });
  const sealing = createSealing(await loadSealingKeys(config, directory));
  const configuredDefault = config.secrets.default_callback_secret;
  const secrets = await openSigningSecrets({ pool: reads.pool, sealing, clock, configuredDefault });

  const { resealed, unreadable } = await resealSecrets(reads.kysely, sealing);
  if (resealed > 0)
    log.info(`sealed ${resealed} callback secrets under the first of secrets.encryption_keys`);
  for (const name of unreadable)
    log.error(`no key of secrets.encryption_keys opens the callback secret ${JSON.stringify(name)}`);
  const secretAdmin = createSecretAdmin({
    db: reads.kysely,
    clock,
    sealing,
    signing: secrets,
    defaultIsConfigured: configuredDefault !== null,
  });

  const signer = await openCheckpointKey({ db: reads.kysely, sealing, clock });
  const checkpoints = createCheckpoints({ db: reads.kysely, clock, signer });

  const people = createDirectory({
    outbound: tracing.resolvers(outbound),
    httpTimeoutMs: config.resolver.http_timeout_seconds * 1000,
    keycloak: keycloak.sources,
  });
  const findPeople = createPeopleFinder({
    lookUp: metrics.lookUp(
      tracing.traced('lookup', people.lookUp, ({ rule_type }) => ({ 'awe.rule_type': rule_type })),
    ),
    activeDelegates: createActiveDelegates(hot.pool, READ_BATCH),
  });
  const policies = createPolicyCache((id) => findPolicy(reads.kysely, id), KEPT_POLICIES);
  const dispatcher = createDispatcher({
    database: pools.outbox,
    outbound: metrics.sender(tracing.sender(outbound)),
    secrets,
    clock,
    config,
    log,
    onRecorded: metrics.recorded,
  });
  const load = createLoad(hot.pool, READ_BATCH);
  const commit = metrics.commit(createCommit(hot.pool, { ...COMMIT_BATCH, onBatch: metrics.batch }));
  const approvalServices: ApprovalServices = {
    clock,
    load: tracing.traced('load', load),
    decide: tracing.traced('decide', decideWith),
    commit: tracing.traced('commit', commit, ({ changes }) => ({ 'awe.approval_id': changes.request.id })),
    findPeople,
    policyById: (id) => policies.get(id),
    activeVersionId: createActiveVersionId(hot.pool, READ_BATCH),
    findAnswer: createFindAnswer(hot.pool, READ_BATCH),
    callbackSecretExists: secrets.callbackSecretExists,
    callbackUrlFault: outbound.callbackUrlFault,
    leaseFor: (changes) => dispatcher.handover.lease(changes),
    committed: (changes, leaseEnd) => {
      tracing.committed(changes);
      wakeAfter(changes, leaseEnd, { dispatcher, deadlines });
    },
  };
  const approvals = metrics.approvals(createApprovals(approvalServices));
  const deadlines = createDeadlines({
    clock,
    due: createDueWork(reads.pool),
    tick: tracing.traced('deadline', approvals.tick, (id) => ({ 'awe.approval_id': id })),
    isUnavailable,
    checkIntervalSeconds: config.sla.check_interval_seconds,
    log,
  });
  const retention = createRetention({
    clock,
    kept: keptThings({ config, clock, database: reads }),
    log,
  });

  const app = createApp(
    httpServices({
      config,
      log,
      clock,
      pools,
      approvals,
      findPeople,
      dispatcher,
      secrets: secretAdmin,
      checkpoints,
      pickers: keycloak.pickers,
      fetchKeys: metrics.keys(fetchKeys),
      ready,
      metrics,
    }),
    webRules(config),
  );
  tracing.calls(app);
  metrics.calls(app);
  serveMetrics(app, metrics.page, config.server.metrics_token);
  servePortal(app, portal, config.keycloak.issuer);
  await app.listen({ host: config.server.host, port: config.server.port });
  dispatcher.start();
  deadlines.start();
  retention.start();
  readiness = 'ready';
  const url = urlOf(app, config.server.host);
  log.info({ url }, `AWE is up on ${url} (try ${url}/v1/awe/docs)`);
  if (identityKind(config) === 'development')
    log.warn(
      'Development identity: tokens are believed unsigned. Set keycloak.issuer before anybody else can reach this.',
    );
  for (const risk of acceptedRisks(config)) log.warn(`auth.allow_insecure is set: ${risk}.`);

  return {
    url,
    runDeadlines: deadlines.runDue,
    runRetention: retention.runDue,
    stop: async () => {
      readiness = 'stopping';
      // At the same time: what calls in flight still commit stays in the outbox, for another replica or the next start.
      await Promise.all([
        closeGracefully(app, PATIENCE_MS),
        // What still waits for a database that does not answer ends when its connections are closed.
        within(PATIENCE_MS, Promise.all([deadlines.stop(), retention.stop()])),
        dispatcher.stop(),
      ]);
      await closeNeighbours();
    },
  };
}

function urlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function portTaken({ server: { host, port } }: Config): StartFailure {
  return new StartFailure(
    `Port ${port} on ${host} is taken by another program: stop it, or choose another port with AWE__SERVER__PORT.`,
  );
}
