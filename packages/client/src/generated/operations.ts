// Written by `npm run generate -w @awe/client` from the contract; a test fails when it is not up to date.

import type { operations } from './openapi.ts';

/** How each operation is called, and the error codes that it may answer with their statuses. */
export const OPERATION_TABLE = {
  health: {
    method: 'get',
    path: '/v1/awe/health',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-500': [500] },
  },
  version: {
    method: 'get',
    path: '/v1/awe/version',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-500': [500] },
  },
  config: {
    method: 'get',
    path: '/v1/awe/config',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-500': [500] },
  },
  createPolicy: {
    method: 'post',
    path: '/v1/awe/policies',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-002': [409],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  listPolicies: {
    method: 'get',
    path: '/v1/awe/policies',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  addVersion: {
    method: 'put',
    path: '/v1/awe/policies/{policy_key}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  listVersions: {
    method: 'get',
    path: '/v1/awe/policies/{policy_key}/versions',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  getVersion: {
    method: 'get',
    path: '/v1/awe/policies/{policy_key}/versions/{version}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  editDraft: {
    method: 'patch',
    path: '/v1/awe/policies/{policy_key}/versions/{version}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  activate: {
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/activate',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  deactivate: {
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/deactivate',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  simulate: {
    method: 'post',
    path: '/v1/awe/policies/{policy_key}/versions/{version}/simulate',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [503],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  searchRequests: {
    method: 'get',
    path: '/v1/awe/requests',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401], 'AWE-012': [429], 'AWE-500': [500] },
  },
  createRequest: {
    method: 'post',
    path: '/v1/awe/requests',
    paged: false,
    keyed: true,
    lines: false,
    errors: {
      'AWE-001': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [400, 503],
      'AWE-008': [401],
      'AWE-009': [409],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  getRequest: {
    method: 'get',
    path: '/v1/awe/requests/{request_id}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-003': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  cancelRequest: {
    method: 'post',
    path: '/v1/awe/requests/{request_id}/cancel',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-003': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  requestEvents: {
    method: 'get',
    path: '/v1/awe/requests/{request_id}/events',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401], 'AWE-012': [429], 'AWE-500': [500] },
  },
  listTasks: {
    method: 'get',
    path: '/v1/awe/tasks',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401], 'AWE-012': [429], 'AWE-500': [500] },
  },
  claimTask: {
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/claim',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-004': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  decide: {
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/decision',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-004': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  reassignTask: {
    method: 'post',
    path: '/v1/awe/tasks/{task_id}/reassign',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-004': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  listDelegations: {
    method: 'get',
    path: '/v1/awe/delegations',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  createDelegation: {
    method: 'post',
    path: '/v1/awe/delegations',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  deleteDelegation: {
    method: 'delete',
    path: '/v1/awe/delegations/{delegation_id}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-004': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  listDeliveries: {
    method: 'get',
    path: '/v1/awe/admin/deliveries',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  getDelivery: {
    method: 'get',
    path: '/v1/awe/admin/deliveries/{delivery_id}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [404],
      'AWE-008': [401, 403],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  replayDeliveries: {
    method: 'post',
    path: '/v1/awe/admin/deliveries/replay',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  retryDelivery: {
    method: 'post',
    path: '/v1/awe/admin/deliveries/{delivery_id}/retry',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [404, 409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  listReceivers: {
    method: 'get',
    path: '/v1/awe/admin/receivers',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  pauseReceiver: {
    method: 'post',
    path: '/v1/awe/admin/receivers/pause',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  resumeReceiver: {
    method: 'post',
    path: '/v1/awe/admin/receivers/resume',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-010': [400],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  listIncidents: {
    method: 'get',
    path: '/v1/awe/admin/incidents',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  retryIncident: {
    method: 'post',
    path: '/v1/awe/admin/incidents/{incident_id}/retry',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [404, 409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  getOverview: {
    method: 'get',
    path: '/v1/awe/admin/overview',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  listSecrets: {
    method: 'get',
    path: '/v1/awe/admin/callback-secrets',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  createSecret: {
    method: 'post',
    path: '/v1/awe/admin/callback-secrets',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  rotateSecret: {
    method: 'post',
    path: '/v1/awe/admin/callback-secrets/{secret_id}/rotate',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [404, 409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 415, 429],
      'AWE-500': [500],
    },
  },
  deleteSecret: {
    method: 'delete',
    path: '/v1/awe/admin/callback-secrets/{secret_id}',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-007': [404, 409],
      'AWE-008': [401, 403],
      'AWE-012': [413, 429],
      'AWE-500': [500],
    },
  },
  listAudit: {
    method: 'get',
    path: '/v1/awe/admin/audit',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  requestProof: {
    method: 'get',
    path: '/v1/awe/requests/{request_id}/proof',
    paged: false,
    keyed: false,
    lines: false,
    errors: {
      'AWE-003': [404],
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  checkpoint: {
    method: 'get',
    path: '/v1/awe/admin/checkpoint',
    paged: false,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  listCheckpoints: {
    method: 'get',
    path: '/v1/awe/admin/checkpoints',
    paged: true,
    keyed: false,
    lines: false,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  exportLog: {
    method: 'get',
    path: '/v1/awe/admin/export',
    paged: false,
    keyed: false,
    lines: true,
    errors: { 'AWE-005': [503], 'AWE-006': [503], 'AWE-008': [401, 403], 'AWE-012': [429], 'AWE-500': [500] },
  },
  listKeycloakUsers: {
    method: 'get',
    path: '/v1/awe/admin/keycloak/users',
    paged: true,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-011': [503],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  listKeycloakClients: {
    method: 'get',
    path: '/v1/awe/admin/keycloak/clients',
    paged: true,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-011': [503],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  listKeycloakRoles: {
    method: 'get',
    path: '/v1/awe/admin/keycloak/roles',
    paged: true,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-011': [503],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
  listKeycloakGroups: {
    method: 'get',
    path: '/v1/awe/admin/keycloak/groups',
    paged: true,
    keyed: false,
    lines: false,
    errors: {
      'AWE-005': [503],
      'AWE-006': [503],
      'AWE-008': [401, 403],
      'AWE-011': [503],
      'AWE-012': [429],
      'AWE-500': [500],
    },
  },
} as const;

/** What each operation takes and answers on the wire. */
export type OperationTypes = {
  health: operations['health_v1_awe_health_get'];
  version: operations['version_v1_awe_version_get'];
  config: operations['config_view_v1_awe_config_get'];
  createPolicy: operations['create_policy_v1_awe_policies_post'];
  listPolicies: operations['list_policies_v1_awe_policies_get'];
  addVersion: operations['add_version_v1_awe_policies__policy_key__put'];
  listVersions: operations['list_versions_v1_awe_policies__policy_key__versions_get'];
  getVersion: operations['get_version_v1_awe_policies__policy_key__versions__version__get'];
  editDraft: operations['edit_draft_v1_awe_policies__policy_key__versions__version__patch'];
  activate: operations['activate_v1_awe_policies__policy_key__versions__version__activate_post'];
  deactivate: operations['deactivate_v1_awe_policies__policy_key__versions__version__deactivate_post'];
  simulate: operations['simulate_v1_awe_policies__policy_key__versions__version__simulate_post'];
  searchRequests: operations['search_requests_v1_awe_requests_get'];
  createRequest: operations['create_request_v1_awe_requests_post'];
  getRequest: operations['get_request_v1_awe_requests__request_id__get'];
  cancelRequest: operations['cancel_request_v1_awe_requests__request_id__cancel_post'];
  requestEvents: operations['request_events_v1_awe_requests__request_id__events_get'];
  listTasks: operations['list_tasks_v1_awe_tasks_get'];
  claimTask: operations['claim_task_v1_awe_tasks__task_id__claim_post'];
  decide: operations['decide_v1_awe_tasks__task_id__decision_post'];
  reassignTask: operations['reassign_task_v1_awe_tasks__task_id__reassign_post'];
  listDelegations: operations['list_delegations_v1_awe_delegations_get'];
  createDelegation: operations['create_delegation_v1_awe_delegations_post'];
  deleteDelegation: operations['delete_delegation_v1_awe_delegations__delegation_id__delete'];
  listDeliveries: operations['list_deliveries_v1_awe_admin_deliveries_get'];
  getDelivery: operations['get_delivery_v1_awe_admin_deliveries__delivery_id__get'];
  replayDeliveries: operations['replay_deliveries_v1_awe_admin_deliveries_replay_post'];
  retryDelivery: operations['retry_delivery_v1_awe_admin_deliveries__delivery_id__retry_post'];
  listReceivers: operations['list_receivers_v1_awe_admin_receivers_get'];
  pauseReceiver: operations['pause_receiver_v1_awe_admin_receivers_pause_post'];
  resumeReceiver: operations['resume_receiver_v1_awe_admin_receivers_resume_post'];
  listIncidents: operations['list_incidents_v1_awe_admin_incidents_get'];
  retryIncident: operations['retry_incident_v1_awe_admin_incidents__incident_id__retry_post'];
  getOverview: operations['get_overview_v1_awe_admin_overview_get'];
  listSecrets: operations['list_callback_secrets_v1_awe_admin_callback_secrets_get'];
  createSecret: operations['create_callback_secret_v1_awe_admin_callback_secrets_post'];
  rotateSecret: operations['rotate_callback_secret_v1_awe_admin_callback_secrets__secret_id__rotate_post'];
  deleteSecret: operations['delete_callback_secret_v1_awe_admin_callback_secrets__secret_id__delete'];
  listAudit: operations['list_audit_v1_awe_admin_audit_get'];
  requestProof: operations['request_proof_v1_awe_requests__request_id__proof_get'];
  checkpoint: operations['checkpoint_v1_awe_admin_checkpoint_get'];
  listCheckpoints: operations['list_checkpoints_v1_awe_admin_checkpoints_get'];
  exportLog: operations['export_v1_awe_admin_export_get'];
  listKeycloakUsers: operations['list_keycloak_users_v1_awe_admin_keycloak_users_get'];
  listKeycloakClients: operations['list_keycloak_clients_v1_awe_admin_keycloak_clients_get'];
  listKeycloakRoles: operations['list_keycloak_roles_v1_awe_admin_keycloak_roles_get'];
  listKeycloakGroups: operations['list_keycloak_groups_v1_awe_admin_keycloak_groups_get'];
};

/** Every error code of the service. */
export const ERROR_CODES = [
  'AWE-001',
  'AWE-002',
  'AWE-003',
  'AWE-004',
  'AWE-005',
  'AWE-006',
  'AWE-007',
  'AWE-008',
  'AWE-009',
  'AWE-010',
  'AWE-011',
  'AWE-012',
  'AWE-500',
] as const;
