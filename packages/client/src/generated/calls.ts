// Written by `npm run generate -w @awe/client` from the contract; a test fails when it is not up to date.

import type { Arguments, Result } from '../input.ts';

/** One method for each operation of the service. Each throws an `AweError`. */
export interface Calls {
  /**
   * Is the service ready?
   *
   * Answers 200 only when startup is finished and the database answers. For probes and load balancers. Needs no token. `GET /v1/awe/health`
   * @throws AweError `AWE-005` (503): The service is starting or shutting down.
   * @throws AweError `AWE-006` (503): The database does not answer.
   */
  health(...input: Arguments<'health'>): Promise<Result<'health'>>;

  /**
   * Which build is running?
   *
   * The version of the package, when it was built, and from which commit. Needs no token. `GET /v1/awe/version`
   */
  version(...input: Arguments<'version'>): Promise<Result<'version'>>;

  /**
   * Which settings are in force?
   *
   * The effective settings, file and environment combined, without any secret. Needs no token. `GET /v1/awe/config`
   */
  config(...input: Arguments<'config'>): Promise<Result<'config'>>;

  /**
   * Write a new policy.
   *
   * Stores version 1 of a new policy as a draft. It governs nothing until it is activated. For the role AWE_ADMIN. `POST /v1/awe/policies`
   * @throws AweError `AWE-010` (400): The definition cannot work; the message names every fault with its place.
   * @throws AweError `AWE-002` (409): A policy with this key exists; add a version to it instead.
   */
  createPolicy(...input: Arguments<'createPolicy'>): Promise<Result<'createPolicy'>>;

  /**
   * List the policies.
   *
   * The newest version of each policy, whatever its status, with stages and rules. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/policies`
   */
  listPolicies(...input: Arguments<'listPolicies'>): Promise<Result<'listPolicies'>>;

  /**
   * Write a new version of a policy.
   *
   * Stores the body as a draft whose number is one above the newest. Other versions stay as they are. For the role AWE_ADMIN. `PUT /v1/awe/policies/{policy_key}`
   * @throws AweError `AWE-010` (400): The definition cannot work; the message names every fault with its place.
   * @throws AweError `AWE-010` (400): The policy_key in the body differs from the one in the path.
   * @throws AweError `AWE-001` (404): No policy has this key.
   */
  addVersion(...input: Arguments<'addVersion'>): Promise<Result<'addVersion'>>;

  /**
   * List the versions of a policy.
   *
   * Every version, newest first, without stages. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/policies/{policy_key}/versions`
   * @throws AweError `AWE-001` (404): No policy has this key.
   */
  listVersions(...input: Arguments<'listVersions'>): Promise<Result<'listVersions'>>;

  /**
   * Read one version of a policy.
   *
   * The version with its stages and rules. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/policies/{policy_key}/versions/{version}`
   * @throws AweError `AWE-001` (404): The policy has no such version, or there is no such policy.
   */
  getVersion(...input: Arguments<'getVersion'>): Promise<Result<'getVersion'>>;

  /**
   * Replace a draft.
   *
   * The body takes the place of the whole draft. A version that was ever active cannot be changed. For the role AWE_ADMIN. `PATCH /v1/awe/policies/{policy_key}/versions/{version}`
   * @throws AweError `AWE-010` (400): The definition cannot work; the message names every fault with its place.
   * @throws AweError `AWE-010` (400): The policy_key in the body differs from the one in the path.
   * @throws AweError `AWE-001` (404): The policy has no such version, or there is no such policy.
   * @throws AweError `AWE-007` (409): The version is not a draft any more.
   */
  editDraft(...input: Arguments<'editDraft'>): Promise<Result<'editDraft'>>;

  /**
   * Activate a version.
   *
   * From now on the version governs new requests, and the one that was active is archived, in one step. Requests that exist keep their version. An archived version may be activated again; an active one stays so. For the role AWE_ADMIN. `POST /v1/awe/policies/{policy_key}/versions/{version}/activate`
   * @throws AweError `AWE-001` (404): The policy has no such version, or there is no such policy.
   */
  activate(...input: Arguments<'activate'>): Promise<Result<'activate'>>;

  /**
   * Archive the active version.
   *
   * Takes the version out of use and puts nothing in its place: new requests for the policy are refused until a version is activated. Requests that exist go on. For the role AWE_ADMIN. `POST /v1/awe/policies/{policy_key}/versions/{version}/deactivate`
   * @throws AweError `AWE-001` (404): The policy has no such version, or there is no such policy.
   * @throws AweError `AWE-007` (409): The version is not active.
   */
  deactivate(...input: Arguments<'deactivate'>): Promise<Result<'deactivate'>>;

  /**
   * Try a version on a sample.
   *
   * Finds the people of each stage for the context given, with filters and delegations. Writes nothing. For the roles AWE_VIEWER and AWE_ADMIN. `POST /v1/awe/policies/{policy_key}/versions/{version}/simulate`
   * @throws AweError `AWE-001` (404): The policy has no such version, or there is no such policy.
   * @throws AweError `AWE-007` (503): A service that is needed to find the people did not answer.
   */
  simulate(...input: Arguments<'simulate'>): Promise<Result<'simulate'>>;

  /**
   * Search requests.
   *
   * Newest first. All filters that are given apply together. For any valid token. `GET /v1/awe/requests`
   */
  searchRequests(...input: Arguments<'searchRequests'>): Promise<Result<'searchRequests'>>;

  /**
   * Ask for approval of an artifact.
   *
   * Starts a request under the active version of the policy, finds the people of its first stage and gives them tasks. Send an Idempotency-Key, and a call can be repeated without starting a second request. For any valid token. `POST /v1/awe/requests`
   * @throws AweError `AWE-007` (400): The request cannot be started: callback_url can never be called, or its secret is unknown.
   * @throws AweError `AWE-001` (404): The policy has no active version, or does not exist.
   * @throws AweError `AWE-009` (409): The Idempotency-Key was used with a different body.
   * @throws AweError `AWE-007` (503): A service that is needed to find the approvers did not answer; nothing was written.
   */
  createRequest(...input: Arguments<'createRequest'>): Promise<Result<'createRequest'>>;

  /**
   * Read a request.
   *
   * The request and where it stands now. For any valid token. `GET /v1/awe/requests/{request_id}`
   * @throws AweError `AWE-003` (404): No request has this id.
   */
  getRequest(...input: Arguments<'getRequest'>): Promise<Result<'getRequest'>>;

  /**
   * Withdraw a request.
   *
   * Ends a request that has not ended yet; its open tasks are skipped. For the role AWE_ADMIN. `POST /v1/awe/requests/{request_id}/cancel`
   * @throws AweError `AWE-003` (404): No request has this id.
   * @throws AweError `AWE-007` (409): The request has ended already.
   */
  cancelRequest(...input: Arguments<'cancelRequest'>): Promise<Result<'cancelRequest'>>;

  /**
   * Read the timeline of a request.
   *
   * Everything that happened to it, oldest first. A request that does not exist has an empty timeline. For any valid token. `GET /v1/awe/requests/{request_id}/events`
   */
  requestEvents(...input: Arguments<'requestEvents'>): Promise<Result<'requestEvents'>>;

  /**
   * List tasks.
   *
   * My tasks, unless told otherwise; newest first. All filters that are given apply together. For any valid token. `GET /v1/awe/tasks`
   */
  listTasks(...input: Arguments<'listTasks'>): Promise<Result<'listTasks'>>;

  /**
   * Claim a task.
   *
   * Tells others that somebody is on it. It locks nothing: a task can be decided without a claim. For any valid token. `POST /v1/awe/tasks/{task_id}/claim`
   * @throws AweError `AWE-008` (403): The task is assigned to somebody else, and the token lacks AWE_ADMIN.
   * @throws AweError `AWE-004` (404): No task has this id.
   * @throws AweError `AWE-007` (409): The task is not open any more.
   */
  claimTask(...input: Arguments<'claimTask'>): Promise<Result<'claimTask'>>;

  /**
   * Decide a task.
   *
   * Records the decision and counts it; the stage and the request may end with it. An expired task can still be decided while its stage is open. Of two decisions on one task exactly one is recorded. For any valid token. `POST /v1/awe/tasks/{task_id}/decision`
   * @throws AweError `AWE-008` (403): The task is assigned to somebody else, and the token lacks AWE_ADMIN.
   * @throws AweError `AWE-008` (403): The policy forbids this person to decide: own request, or approver of an earlier stage.
   * @throws AweError `AWE-004` (404): No task has this id.
   * @throws AweError `AWE-007` (409): The task was decided, skipped or reassigned, or its request has ended.
   */
  decide(...input: Arguments<'decide'>): Promise<Result<'decide'>>;

  /**
   * Give a task to somebody else.
   *
   * The task becomes reassigned, and a new one with the same due date and the same seat goes to the new assignee. A task that had expired gets a fresh due date. For the role AWE_ADMIN. `POST /v1/awe/tasks/{task_id}/reassign`
   * @throws AweError `AWE-004` (404): No task has this id.
   * @throws AweError `AWE-007` (409): The task cannot be moved any more, or the new assignee cannot hold it.
   */
  reassignTask(...input: Arguments<'reassignTask'>): Promise<Result<'reassignTask'>>;

  /**
   * List delegations.
   *
   * Past, present and future windows, newest first. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/delegations`
   */
  listDelegations(...input: Arguments<'listDelegations'>): Promise<Result<'listDelegations'>>;

  /**
   * Let one person stand in for another.
   *
   * Tasks that open within the window go to the delegate. Tasks that exist stay where they are. For the role AWE_ADMIN. `POST /v1/awe/delegations`
   * @throws AweError `AWE-010` (400): It delegates to the same person, or ends before it starts.
   */
  createDelegation(...input: Arguments<'createDelegation'>): Promise<Result<'createDelegation'>>;

  /**
   * Remove a delegation.
   *
   * Tasks that open from now on go to the person again. Tasks that exist stay with the delegate. For the role AWE_ADMIN. `DELETE /v1/awe/delegations/{delegation_id}`
   * @throws AweError `AWE-004` (404): No delegation has this id.
   */
  deleteDelegation(...input: Arguments<'deleteDelegation'>): Promise<Result<'deleteDelegation'>>;

  /**
   * List webhook deliveries.
   *
   * What was sent, is to be sent, or could not be sent to receivers; newest first. Filters apply together. With receiver, event_type, since or until a page may be short, or empty, and still have a next one: each looks at a stretch of the deliveries. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/deliveries`
   */
  listDeliveries(...input: Arguments<'listDeliveries'>): Promise<Result<'listDeliveries'>>;

  /**
   * Inspect a webhook delivery.
   *
   * The delivery with its last attempts and the body that each of them sends. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/deliveries/{delivery_id}`
   * @throws AweError `AWE-007` (404): No delivery has this id.
   */
  getDelivery(...input: Arguments<'getDelivery'>): Promise<Result<'getDelivery'>>;

  /**
   * Send webhooks of a time range again.
   *
   * Starts the attempts of every matching delivery from the beginning, in batches: a million takes a minute or two. Events keep their ids, so that receivers know what they have had. What goes to a paused receiver waits until it is resumed. For the role AWE_ADMIN. `POST /v1/awe/admin/deliveries/replay`
   */
  replayDeliveries(...input: Arguments<'replayDeliveries'>): Promise<Result<'replayDeliveries'>>;

  /**
   * Send a webhook again.
   *
   * Starts the attempts from the beginning, the first one at once. The event keeps its id. For the role AWE_ADMIN. `POST /v1/awe/admin/deliveries/{delivery_id}/retry`
   * @throws AweError `AWE-007` (404): No delivery has this id.
   * @throws AweError `AWE-007` (409): The receiver has taken it already.
   */
  retryDelivery(...input: Arguments<'retryDelivery'>): Promise<Result<'retryDelivery'>>;

  /**
   * List receivers that have something waiting.
   *
   * Receivers with deliveries that are pending or exhausted, and those that are paused, by name. One that has had everything is not listed. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/receivers`
   */
  listReceivers(...input: Arguments<'listReceivers'>): Promise<Result<'listReceivers'>>;

  /**
   * Leave a receiver alone.
   *
   * Nothing more is sent to it, by any replica, from a few seconds later on; attempts that are under way end. Its deliveries wait without using up attempts. A receiver that is paused stays as it is. For the role AWE_ADMIN. `POST /v1/awe/admin/receivers/pause`
   * @throws AweError `AWE-010` (400): No receiver can have this name.
   */
  pauseReceiver(...input: Arguments<'pauseReceiver'>): Promise<Result<'pauseReceiver'>>;

  /**
   * Send to a receiver again.
   *
   * What has waited goes out, first attempts of each request in order. A receiver that is not paused stays as it is. For the role AWE_ADMIN. `POST /v1/awe/admin/receivers/resume`
   * @throws AweError `AWE-010` (400): No receiver can have this name.
   */
  resumeReceiver(...input: Arguments<'resumeReceiver'>): Promise<Result<'resumeReceiver'>>;

  /**
   * List what does not go on by itself.
   *
   * The longest standing first. At most limit of each kind, the oldest; the overview counts all. An incident is over when its cause is gone, and is no longer listed then. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/incidents`
   */
  listIncidents(...input: Arguments<'listIncidents'>): Promise<Result<'listIncidents'>>;

  /**
   * Try again what an incident is about.
   *
   * A look-up is made now, without waiting for its next attempt. Exhausted deliveries of a receiver start from the beginning. People past due are not to be retried: give their tasks to others, or cancel the request. For the role AWE_ADMIN. `POST /v1/awe/admin/incidents/{incident_id}/retry`
   * @throws AweError `AWE-007` (404): No incident has this id, or it is over.
   * @throws AweError `AWE-007` (409): There is nothing to retry; the message says what to do instead.
   */
  retryIncident(...input: Arguments<'retryIncident'>): Promise<Result<'retryIncident'>>;

  /**
   * See how things stand.
   *
   * Open work and its age, requests, decisions per day, times to decision, webhooks and incidents. Each replica counts anew every few seconds at most: as_of says when it did. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/overview`
   */
  getOverview(...input: Arguments<'getOverview'>): Promise<Result<'getOverview'>>;

  /**
   * List callback secrets.
   *
   * Everything but their values, by name. Deleted ones are left out. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/callback-secrets`
   */
  listSecrets(...input: Arguments<'listSecrets'>): Promise<Result<'listSecrets'>>;

  /**
   * Make a callback secret.
   *
   * Requests name it as callback_secret_id. Its value is in this answer and nowhere else: it is stored encrypted. For the role AWE_ADMIN. `POST /v1/awe/admin/callback-secrets`
   * @throws AweError `AWE-007` (409): Another secret has this name.
   */
  createSecret(...input: Arguments<'createSecret'>): Promise<Result<'createSecret'>>;

  /**
   * Give a callback secret a new value.
   *
   * The new value begins to sign after effective_in_hours. Until then the old one signs, and webhook-signature carries a signature of each. A rotation that has not taken effect is replaced by the next. For the role AWE_ADMIN. `POST /v1/awe/admin/callback-secrets/{secret_id}/rotate`
   * @throws AweError `AWE-007` (404): No secret has this id.
   * @throws AweError `AWE-007` (409): The default secret is set in the configuration.
   */
  rotateSecret(...input: Arguments<'rotateSecret'>): Promise<Result<'rotateSecret'>>;

  /**
   * Delete a callback secret.
   *
   * New requests cannot name it any more. Requests that do are signed with it to their end. For the role AWE_ADMIN. `DELETE /v1/awe/admin/callback-secrets/{secret_id}`
   * @throws AweError `AWE-007` (404): No secret has this id.
   * @throws AweError `AWE-007` (409): It is the default secret.
   */
  deleteSecret(...input: Arguments<'deleteSecret'>): Promise<Result<'deleteSecret'>>;

  /**
   * Read the audit log.
   *
   * What administrators did, newest first. Rows are never changed or deleted. Filters apply together. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/audit`
   */
  listAudit(...input: Arguments<'listAudit'>): Promise<Result<'listAudit'>>;

  /**
   * Verify the timeline of a request.
   *
   * Computes the hash chain of its timeline anew, replays it against the state of the request, and holds both against the checkpoints. The whole log is verified from an export: see docs/tamper-evidence.md. For any valid token. `GET /v1/awe/requests/{request_id}/proof`
   * @throws AweError `AWE-003` (404): No request has this id.
   */
  requestProof(...input: Arguments<'requestProof'>): Promise<Result<'requestProof'>>;

  /**
   * Get a signed head over everything new.
   *
   * Makes a checkpoint of the audit log and of every request that changed since the last one, and answers it; when nothing has changed, answers the last one. Of calls at the same time one makes it, and the others answer it too. Store what it answers where nobody can reach it who can reach the database: then deleted rows show. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/checkpoint`
   */
  checkpoint(...input: Arguments<'checkpoint'>): Promise<Result<'checkpoint'>>;

  /**
   * List checkpoints.
   *
   * Newest first. Makes none. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/checkpoints`
   */
  listCheckpoints(...input: Arguments<'listCheckpoints'>): Promise<Result<'listCheckpoints'>>;

  /**
   * Export everything that can be verified.
   *
   * JSON lines: the checkpoints with their keys, each request with its events, tasks, decisions and deliveries, and the audit log. The last line has the type end; a file without it was cut short. docs/tamper-evidence.md describes the lines, and how to verify them without this service. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/export`
   */
  exportLog(...input: Arguments<'exportLog'>): Promise<Result<'exportLog'>>;

  /**
   * Pick a person.
   *
   * The people of the realm who can sign in; disabled ones are left out. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/keycloak/users`
   * @throws AweError `AWE-011` (503): Keycloak is not configured, or did not answer as it should.
   */
  listKeycloakUsers(...input: Arguments<'listKeycloakUsers'>): Promise<Result<'listKeycloakUsers'>>;

  /**
   * Pick a client.
   *
   * The clients of the realm, whose roles a role rule can name. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/keycloak/clients`
   * @throws AweError `AWE-011` (503): Keycloak is not configured, or did not answer as it should.
   */
  listKeycloakClients(...input: Arguments<'listKeycloakClients'>): Promise<Result<'listKeycloakClients'>>;

  /**
   * Pick a role.
   *
   * The roles of the realm, or of one client. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/keycloak/roles`
   * @throws AweError `AWE-011` (503): Keycloak is not configured, or did not answer as it should.
   */
  listKeycloakRoles(...input: Arguments<'listKeycloakRoles'>): Promise<Result<'listKeycloakRoles'>>;

  /**
   * Pick a group.
   *
   * The groups of the realm: those at the top, or with `search` those at any depth. For the roles AWE_VIEWER and AWE_ADMIN. `GET /v1/awe/admin/keycloak/groups`
   * @throws AweError `AWE-011` (503): Keycloak is not configured, or did not answer as it should.
   */
  listKeycloakGroups(...input: Arguments<'listKeycloakGroups'>): Promise<Result<'listKeycloakGroups'>>;
}
