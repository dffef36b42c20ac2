import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApprovals } from './approvals/create-approvals.ts';
import { createPeopleFinder } from './approvals/people-finder.ts';
import { type Clock, systemClock } from './clock.ts';
import { acceptedRisks, allowsLoopback, identityKind } from './config/agreement.ts';
import type { Config } from './config/config.ts';
import { createDeadlines } from './deadlines/deadlines.ts';
import { createDirectory } from './directory/directory.ts';
import { createKeycloak, KEYCLOAK_CALLS, type Keycloak } from './directory/keycloak/keycloak.ts';
import { createApp } from './http/app.ts';
import { closeGracefully } from './http/graceful-close.ts';
import type { Readiness } from './http/services.ts';
import { webRules } from './http/web-rules.ts';
import { httpServices } from './http-services.ts';
import { signingKeysUrl } from './identity/identity.ts';
import { createActiveDelegates } from './ledger/active-delegates.ts';
import { createActiveVersionId } from './ledger/active-version.ts';
import { createCommit } from './ledger/commit.ts';
import { isUnavailable } from './ledger/database-failure.ts';
import { createDueWork } from './ledger/due.ts';
import { createFindAnswer } from './ledger/idempotency.ts';
import { purgeIdempotencyKeys } from './ledger/idempotency-purge.ts';
import { createLoad } from './ledger/load.ts';
import { migrate } from './ledger/migrate.ts';
import { findPolicy } from './ledger/policies.ts';
import { configuredDispatcher } from './outbound/configured-dispatcher.ts';
import { type ConfiguredFetch, configuredFetch } from './outbound/configured-fetch.ts';
import { createOutbound } from './outbound/outbound.ts';
import { createPolicyCache } from './policies/policy-cache.ts';
import { openPools } from './pools.ts';
import { createRetention } from './retention/retention.ts';
import { StartFailure } from './start-failure.ts';
import { wakeAfter } from './wake.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
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
};

export type Service = {
  url: string;
  /** Acts on everything that is due now, without waiting for the watcher to wake; resolves when it is done. */
  runDeadlines: () => Promise<number>;
  /** Forgets what is past its retention now. */
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
  const { config, directory, log, clock = systemClock } = options;
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
  const closeNeighbours = async () => {
    await outbound.close();
    await keycloakCalls.close();
    await keysCalls.close();
    await pools.close();
  };
  try {
    return await start(
      { config, directory, log, clock },
      { pools, outbound, keycloak, fetchKeys: keysCalls.fetch, closeNeighbours },
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
  closeNeighbours: () => Promise<void>;
};

async function start(
  { config, directory, log, clock }: Required<ServiceOptions>,
  { pools, outbound, keycloak, fetchKeys, closeNeighbours }: Neighbours,
): Promise<Service> {
  const { hot, reads } = pools;
  let readiness: Readiness = 'starting';
  await migrate(reads, (line) => log.info(line));
  const sealing = createSealing(await loadSealingKeys(config, directory));
  const configuredDefault = config.secrets.default_callback_secret;
  const secrets = await openSigningSecrets({ pool: reads.pool, sealing, clock, configuredDefault });

  const secretAdmin = createSecretAdmin({
    db: reads.kysely,
    clock,
    sealing,
    signing: secrets,
    defaultIsConfigured: configuredDefault !== null,
  });

  const people = createDirectory({
    outbound,
    httpTimeoutMs: config.resolver.http_timeout_seconds * 1000,
    keycloak: keycloak.sources,
  });
  const findPeople = createPeopleFinder({
    lookUp: (lookup, context) => people.lookUp(lookup, context),
    activeDelegates: createActiveDelegates(hot.pool, READ_BATCH),
  });
  const policies = createPolicyCache((id) => findPolicy(reads.kysely, id), KEPT_POLICIES);
  const dispatcher = createDispatcher({ database: pools.outbox, outbound, secrets, clock, config, log });
  const approvals = createApprovals({
    clock,
    load: createLoad(hot.pool, READ_BATCH),
    commit: createCommit(hot.pool, COMMIT_BATCH),
    findPeople,
    policyById: (id) => policies.get(id),
    activeVersionId: createActiveVersionId(hot.pool, READ_BATCH),
    findAnswer: createFindAnswer(hot.pool, READ_BATCH),
    callbackSecretExists: secrets.callbackSecretExists,
    callbackUrlFault: outbound.callbackUrlFault,
    leaseFor: (changes) => dispatcher.handover.lease(changes),
    committed: (changes, leaseEnd) => wakeAfter(changes, leaseEnd, { dispatcher, deadlines }),
  });
  const deadlines = createDeadlines({
    clock,
    due: createDueWork(reads.pool),
    tick: approvals.tick,
    isUnavailable,
    checkIntervalSeconds: config.sla.check_interval_seconds,
    log,
  });
  const retention = createRetention({
    clock,
    retentionDays: config.idempotency.retention_days,
    purgeKeys: (before) => purgeIdempotencyKeys(reads.pool, before),
    log,
  });

  const ready = () => readiness;
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
      pickers: keycloak.pickers,
      fetchKeys,
      ready,
    }),
    webRules(config),
  );
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
