import { OPERATIONS, type OperationName } from '@awe/contract/operations';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/config.ts';
import { visibleConfig } from '../../src/config/visible.ts';
import { createApp } from '../../src/http/app.ts';
import type { HttpServices } from '../../src/http/services.ts';
import { createIdentity } from '../../src/identity/identity.ts';

export const NOW = '2026-04-23T10:00:00.000Z';
export const ID = '0197b1a2-0000-7000-8000-000000000001';
export const NEW_ID = '0197b1a2-0000-7000-8000-00000000000f';

const config = loadConfig({
  env: {},
  cwd: '/srv/awe',
  readFile: () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  },
});

/** A token that development identity believes. */
export function token(subject: string, ...roles: string[]): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: subject, realm_access: { roles } })}.`;
}

export const ADMIN = `Bearer ${token('u-admin', 'AWE_ADMIN')}`;
export const VIEWER = `Bearer ${token('u-viewer', 'AWE_VIEWER')}`;
export const ANYONE = `Bearer ${token('u-anyone')}`;

export type Sent = [useCase: string, ...args: unknown[]];

/** Use cases that answer with the contract's own examples, and note what they were asked. */
export function standIn(changes: (services: HttpServices) => Partial<HttpServices> = () => ({})) {
  const sent: Sent[] = [];
  const lines: string[] = [];
  const answers =
    <Args extends unknown[], Result>(name: string, result: Result) =>
    async (...args: Args): Promise<Result> => {
      sent.push([name, ...args]);
      return result;
    };
  // The examples are plain JSON to the compiler; the served schemas and their own tests judge them.
  const example = (name: OperationName) => (OPERATIONS[name].examples as { response: never }).response;
  const { attempts, payload, ...delivery } = OPERATIONS.getDelivery.examples.response;
  const message = { ...delivery, ...payload, payload: payload.data, callback_secret_id: null };
  const detail = { delivery, attempts, message } as never;
  const services: HttpServices = {
    approvals: {
      create: answers('create', {
        requestId: ID,
        body: JSON.stringify(example('createRequest')),
        replayed: false,
      }),
      claim: answers('claim', example('claimTask')),
      decide: answers('decide', example('decide')),
      cancel: answers('cancel', example('cancelRequest')),
      reassign: answers('reassign', example('reassignTask')),
    },
    policies: {
      create: answers('policies.create', { policy: example('createPolicy'), warnings: [] }),
      addVersion: answers('addVersion', { policy: example('addVersion'), warnings: [] }),
      editDraft: answers('editDraft', { policy: example('editDraft'), warnings: [] }),
      activate: answers('activate', { policy: example('activate'), warnings: [] }),
      deactivate: answers('deactivate', example('deactivate')),
      simulate: answers('simulate', example('simulate')),
      list: answers('policies.list', example('listPolicies')),
      listVersions: answers('listVersions', example('listVersions')),
      getVersion: answers('getVersion', example('getVersion')),
    },
    queries: {
      searchRequests: answers('searchRequests', { rows: example('searchRequests'), next: null }),
      findRequest: answers('findRequest', example('getRequest')),
      listEvents: answers('listEvents', example('requestEvents')),
      listTasks: answers('listTasks', { rows: example('listTasks'), next: null }),
      listAudit: answers('listAudit', { rows: example('listAudit'), next: null }),
    },
    delegations: {
      list: answers('delegations.list', example('listDelegations')),
      create: answers('delegations.create', example('createDelegation')),
      remove: answers('remove', undefined),
    },
    deliveries: {
      list: answers('deliveries.list', { rows: example('listDeliveries'), next: null }),
      get: answers('deliveries.get', detail),
      replay: answers('deliveries.replay', 17),
      retry: answers('retry', example('retryDelivery')),
      maxAttempts: 6,
    },
    receivers: {
      list: answers('receivers.list', { rows: example('listReceivers'), next: null }),
      pause: answers('receivers.pause', example('pauseReceiver')),
      resume: answers('receivers.resume', example('resumeReceiver')),
    },
    incidents: {
      list: answers('incidents.list', example('listIncidents')),
      retry: answers('incidents.retry', example('retryIncident')),
    },
    overview: answers('overview', example('getOverview')),
    secrets: {
      list: answers('secrets.list', example('listSecrets')),
      create: answers('secrets.create', example('createSecret')),
      rotate: answers('secrets.rotate', example('rotateSecret')),
      remove: answers('secrets.remove', undefined),
    },
    integrity: {
      proof: answers('integrity.proof', example('requestProof')),
      checkpoint: answers('integrity.checkpoint', example('checkpoint')),
      checkpoints: answers('integrity.checkpoints', { rows: example('listCheckpoints'), next: null }),
      exportText: async function* (range) {
        sent.push(['integrity.exportText', range]);
        yield example('exportLog');
      },
    },
    directory: {
      users: answers('keycloak.users', { rows: example('listKeycloakUsers'), next: null }),
      clients: answers('keycloak.clients', { rows: example('listKeycloakClients'), next: null }),
      roles: answers('keycloak.roles', { rows: example('listKeycloakRoles'), next: null }),
      groups: answers('keycloak.groups', { rows: example('listKeycloakGroups'), next: null }),
    },
    identity: createIdentity(config, { now: () => NOW }),
    pingDatabase: answers('ping', undefined),
    ready: () => 'ready',
    visibleConfig: () => visibleConfig(config),
    version: { service_version: '0.1.0', build_time: 'unknown', git_commit: 'unknown' },
    responder: { id: 'openg2p.awe', version: '1.0' },
    limits: { callsInFlight: 1_000, bodyBytes: 262_144, requestTimeoutMs: 30_000, pingTimeoutMs: 2_000 },
    clock: { now: () => NOW, newId: () => NEW_ID },
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
  };
  const app: FastifyInstance = createApp({ ...services, ...changes(services) });
  return { app, sent, lines };
}
