import { OPERATION_LIST, type OperationName } from '@awe/contract/operations';
import type { FastifyInstance } from 'fastify';
import type { Handler } from './handler.ts';
import { activate } from './operations/activate.ts';
import { addVersion } from './operations/add-version.ts';
import { cancelRequest } from './operations/cancel-request.ts';
import { checkpoint } from './operations/checkpoint.ts';
import { claimTask } from './operations/claim-task.ts';
import { config } from './operations/config.ts';
import { createDelegation } from './operations/create-delegation.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createRequest } from './operations/create-request.ts';
import { createSecret } from './operations/create-secret.ts';
import { deactivate } from './operations/deactivate.ts';
import { decide } from './operations/decide.ts';
import { deleteDelegation } from './operations/delete-delegation.ts';
import { deleteSecret } from './operations/delete-secret.ts';
import { editDraft } from './operations/edit-draft.ts';
import { exportLog } from './operations/export-log.ts';
import { getDelivery } from './operations/get-delivery.ts';
import { getOverview } from './operations/get-overview.ts';
import { getRequest } from './operations/get-request.ts';
import { getVersion } from './operations/get-version.ts';
import { health } from './operations/health.ts';
import { listAudit } from './operations/list-audit.ts';
import { listCheckpoints } from './operations/list-checkpoints.ts';
import { listDelegations } from './operations/list-delegations.ts';
import { listDeliveries } from './operations/list-deliveries.ts';
import { listIncidents } from './operations/list-incidents.ts';
import { listKeycloakClients } from './operations/list-keycloak-clients.ts';
import { listKeycloakGroups } from './operations/list-keycloak-groups.ts';
import { listKeycloakRoles } from './operations/list-keycloak-roles.ts';
import { listKeycloakUsers } from './operations/list-keycloak-users.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listReceivers } from './operations/list-receivers.ts';
import { listSecrets } from './operations/list-secrets.ts';
import { listTasks } from './operations/list-tasks.ts';
import { listVersions } from './operations/list-versions.ts';
import { pauseReceiver } from './operations/pause-receiver.ts';
import { reassignTask } from './operations/reassign-task.ts';
import { replayDeliveries } from './operations/replay-deliveries.ts';
import { requestEvents } from './operations/request-events.ts';
import { requestProof } from './operations/request-proof.ts';
import { resumeReceiver } from './operations/resume-receiver.ts';
import { retryDelivery } from './operations/retry-delivery.ts';
import { retryIncident } from './operations/retry-incident.ts';
import { rotateSecret } from './operations/rotate-secret.ts';
import { searchRequests } from './operations/search-requests.ts';
import { simulate } from './operations/simulate.ts';
import { version } from './operations/version.ts';
import { type AnyHandler, serveOperation } from './serve-operation.ts';
import type { HttpServices } from './services.ts';

/** How each operation of the contract is carried out: none can be missing, and none can be made up. */
const HANDLERS: { [Name in OperationName]: Handler<Name> } = {
  health,
  version,
  config,
  createPolicy,
  addVersion,
  editDraft,
  activate,
  deactivate,
  listPolicies,
  listVersions,
  getVersion,
  simulate,
  searchRequests,
  createRequest,
  getRequest,
  cancelRequest,
  requestEvents,
  listTasks,
  claimTask,
  decide,
  reassignTask,
  listDelegations,
  createDelegation,
  deleteDelegation,
  listDeliveries,
  getDelivery,
  replayDeliveries,
  retryDelivery,
  listReceivers,
  pauseReceiver,
  resumeReceiver,
  listIncidents,
  retryIncident,
  getOverview,
  listSecrets,
  createSecret,
  rotateSecret,
  deleteSecret,
  listAudit,
  requestProof,
  checkpoint,
  listCheckpoints,
  exportLog,
  listKeycloakUsers,
  listKeycloakClients,
  listKeycloakRoles,
  listKeycloakGroups,
};

export function serveOperations(app: FastifyInstance, services: HttpServices): void {
  for (const [name, operation] of OPERATION_LIST) {
    // The table above is typed by the contract, and the shape check holds every call to the contract's schemas.
    serveOperation(app, services, { ...operation, name }, HANDLERS[name] as AnyHandler);
  }
}
