// Written by `npm run generate -w @awe/client` from the contract; a test fails when it is not up to date.

export interface paths {
  '/v1/awe/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Is the service ready?
     * @description Answers 200 only when startup is finished and the database answers. For probes and load balancers.
     */
    get: operations['health_v1_awe_health_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/version': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which build is running?
     * @description The version of the package, when it was built, and from which commit.
     */
    get: operations['version_v1_awe_version_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/config': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which settings are in force?
     * @description The effective settings, file and environment combined, without any secret.
     */
    get: operations['config_view_v1_awe_config_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the policies
     * @description The newest version of each policy, whatever its status, with stages and rules.
     */
    get: operations['list_policies_v1_awe_policies_get'];
    put?: never;
    /**
     * Write a new policy
     * @description Stores version 1 of a new policy as a draft. It governs nothing until it is activated.
     */
    post: operations['create_policy_v1_awe_policies_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Write a new version of a policy
     * @description Stores the body as a draft whose number is one above the newest. Other versions stay as they are.
     */
    put: operations['add_version_v1_awe_policies__policy_key__put'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the versions of a policy
     * @description Every version, newest first, without stages.
     */
    get: operations['list_versions_v1_awe_policies__policy_key__versions_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one version of a policy
     * @description The version with its stages and rules.
     */
    get: operations['get_version_v1_awe_policies__policy_key__versions__version__get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Replace a draft
     * @description The body takes the place of the whole draft. A version that was ever active cannot be changed.
     */
    patch: operations['edit_draft_v1_awe_policies__policy_key__versions__version__patch'];
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}/versions/{version}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Activate a version
     * @description From now on the version governs new requests, and the one that was active is archived, in one step. Requests that exist keep their version. An archived version may be activated again; an active one stays so.
     */
    post: operations['activate_v1_awe_policies__policy_key__versions__version__activate_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}/versions/{version}/deactivate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Archive the active version
     * @description Takes the version out of use and puts nothing in its place: new requests for the policy are refused until a version is activated. Requests that exist go on.
     */
    post: operations['deactivate_v1_awe_policies__policy_key__versions__version__deactivate_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/policies/{policy_key}/versions/{version}/simulate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try a version on a sample
     * @description Finds the people of each stage for the context given, with filters and delegations. Writes nothing.
     */
    post: operations['simulate_v1_awe_policies__policy_key__versions__version__simulate_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Search requests
     * @description Newest first. All filters that are given apply together.
     */
    get: operations['search_requests_v1_awe_requests_get'];
    put?: never;
    /**
     * Ask for approval of an artifact
     * @description Starts a request under the active version of the policy, finds the people of its first stage and gives them tasks. Send an Idempotency-Key, and a call can be repeated without starting a second request.
     */
    post: operations['create_request_v1_awe_requests_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/requests/{request_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a request
     * @description The request and where it stands now.
     */
    get: operations['get_request_v1_awe_requests__request_id__get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/requests/{request_id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Withdraw a request
     * @description Ends a request that has not ended yet; its open tasks are skipped.
     */
    post: operations['cancel_request_v1_awe_requests__request_id__cancel_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/requests/{request_id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the timeline of a request
     * @description Everything that happened to it, oldest first. A request that does not exist has an empty timeline.
     */
    get: operations['request_events_v1_awe_requests__request_id__events_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/tasks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List tasks
     * @description My tasks, unless told otherwise; newest first. All filters that are given apply together.
     */
    get: operations['list_tasks_v1_awe_tasks_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/tasks/{task_id}/claim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Claim a task
     * @description Tells others that somebody is on it. It locks nothing: a task can be decided without a claim.
     */
    post: operations['claim_task_v1_awe_tasks__task_id__claim_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/tasks/{task_id}/decision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Decide a task
     * @description Records the decision and counts it; the stage and the request may end with it. An expired task can still be decided while its stage is open. Of two decisions on one task exactly one is recorded.
     */
    post: operations['decide_v1_awe_tasks__task_id__decision_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/tasks/{task_id}/reassign': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a task to somebody else
     * @description The task becomes reassigned, and a new one with the same due date and the same seat goes to the new assignee. A task that had expired gets a fresh due date.
     */
    post: operations['reassign_task_v1_awe_tasks__task_id__reassign_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/delegations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List delegations
     * @description Past, present and future windows, newest first.
     */
    get: operations['list_delegations_v1_awe_delegations_get'];
    put?: never;
    /**
     * Let one person stand in for another
     * @description Tasks that open within the window go to the delegate. Tasks that exist stay where they are.
     */
    post: operations['create_delegation_v1_awe_delegations_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/delegations/{delegation_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove a delegation
     * @description Tasks that open from now on go to the person again. Tasks that exist stay with the delegate.
     */
    delete: operations['delete_delegation_v1_awe_delegations__delegation_id__delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List webhook deliveries
     * @description What was sent, is to be sent, or could not be sent to receivers; newest first. Filters apply together. With receiver, event_type, since or until a page may be short, or empty, and still have a next one: each looks at a stretch of the deliveries.
     */
    get: operations['list_deliveries_v1_awe_admin_deliveries_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/deliveries/{delivery_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Inspect a webhook delivery
     * @description The delivery with its last attempts and the body that each of them sends.
     */
    get: operations['get_delivery_v1_awe_admin_deliveries__delivery_id__get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/deliveries/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send webhooks of a time range again
     * @description Starts the attempts of every matching delivery from the beginning, in batches: a million takes a minute or two. Events keep their ids, so that receivers know what they have had. What goes to a paused receiver waits until it is resumed.
     */
    post: operations['replay_deliveries_v1_awe_admin_deliveries_replay_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/deliveries/{delivery_id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a webhook again
     * @description Starts the attempts from the beginning, the first one at once. The event keeps its id.
     */
    post: operations['retry_delivery_v1_awe_admin_deliveries__delivery_id__retry_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/receivers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List receivers that have something waiting
     * @description Receivers with deliveries that are pending or exhausted, and those that are paused, by name. One that has had everything is not listed.
     */
    get: operations['list_receivers_v1_awe_admin_receivers_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/receivers/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Leave a receiver alone
     * @description Nothing more is sent to it, by any replica, from a few seconds later on; attempts that are under way end. Its deliveries wait without using up attempts. A receiver that is paused stays as it is.
     */
    post: operations['pause_receiver_v1_awe_admin_receivers_pause_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/receivers/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send to a receiver again
     * @description What has waited goes out, first attempts of each request in order. A receiver that is not paused stays as it is.
     */
    post: operations['resume_receiver_v1_awe_admin_receivers_resume_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/incidents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what does not go on by itself
     * @description The longest standing first. At most limit of each kind, the oldest; the overview counts all. An incident is over when its cause is gone, and is no longer listed then.
     */
    get: operations['list_incidents_v1_awe_admin_incidents_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/incidents/{incident_id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try again what an incident is about
     * @description A look-up is made now, without waiting for its next attempt. Exhausted deliveries of a receiver start from the beginning. People past due are not to be retried: give their tasks to others, or cancel the request.
     */
    post: operations['retry_incident_v1_awe_admin_incidents__incident_id__retry_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * See how things stand
     * @description Open work and its age, requests, decisions per day, times to decision, webhooks and incidents. Each replica counts anew every few seconds at most: as_of says when it did.
     */
    get: operations['get_overview_v1_awe_admin_overview_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/callback-secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List callback secrets
     * @description Everything but their values, by name. Deleted ones are left out.
     */
    get: operations['list_callback_secrets_v1_awe_admin_callback_secrets_get'];
    put?: never;
    /**
     * Make a callback secret
     * @description Requests name it as callback_secret_id. Its value is in this answer and nowhere else: it is stored encrypted.
     */
    post: operations['create_callback_secret_v1_awe_admin_callback_secrets_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/callback-secrets/{secret_id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a callback secret a new value
     * @description The new value begins to sign after effective_in_hours. Until then the old one signs, and webhook-signature carries a signature of each. A rotation that has not taken effect is replaced by the next.
     */
    post: operations['rotate_callback_secret_v1_awe_admin_callback_secrets__secret_id__rotate_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/callback-secrets/{secret_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Delete a callback secret
     * @description New requests cannot name it any more. Requests that do are signed with it to their end.
     */
    delete: operations['delete_callback_secret_v1_awe_admin_callback_secrets__secret_id__delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the audit log
     * @description What administrators did, newest first. Rows are never changed or deleted. Filters apply together.
     */
    get: operations['list_audit_v1_awe_admin_audit_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/requests/{request_id}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Verify the timeline of a request
     * @description Computes the hash chain of its timeline anew, replays it against the state of the request, and holds both against the checkpoints. The whole log is verified from an export: see docs/tamper-evidence.md.
     */
    get: operations['request_proof_v1_awe_requests__request_id__proof_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/checkpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a signed head over everything new
     * @description Makes a checkpoint of the audit log and of every request that changed since the last one, and answers it; when nothing has changed, answers the last one. Of calls at the same time one makes it, and the others answer it too. Store what it answers where nobody can reach it who can reach the database: then deleted rows show.
     */
    get: operations['checkpoint_v1_awe_admin_checkpoint_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/checkpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List checkpoints
     * @description Newest first. Makes none.
     */
    get: operations['list_checkpoints_v1_awe_admin_checkpoints_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export everything that can be verified
     * @description JSON lines: the checkpoints with their keys, each request with its events, tasks, decisions and deliveries, and the audit log. The last line has the type end; a file without it was cut short. docs/tamper-evidence.md describes the lines, and how to verify them without this service.
     */
    get: operations['export_v1_awe_admin_export_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/keycloak/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pick a person
     * @description The people of the realm who can sign in; disabled ones are left out.
     */
    get: operations['list_keycloak_users_v1_awe_admin_keycloak_users_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/keycloak/clients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pick a client
     * @description The clients of the realm, whose roles a role rule can name.
     */
    get: operations['list_keycloak_clients_v1_awe_admin_keycloak_clients_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/keycloak/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pick a role
     * @description The roles of the realm, or of one client.
     */
    get: operations['list_keycloak_roles_v1_awe_admin_keycloak_roles_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/awe/admin/keycloak/groups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pick a group
     * @description The groups of the realm: those at the top, or with `search` those at any depth.
     */
    get: operations['list_keycloak_groups_v1_awe_admin_keycloak_groups_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * ApproverRuleIn
     * @description One way to find people for a stage.
     */
    ApproverRuleIn: {
      /**
       * @description How the people are found: user, role, group, expression, http.
       * @example role
       */
      rule_type: string;
      /**
       * @description What to look for, by rule_type. `user`: {user_id}. `role`: {role} and, for a client role, {client}. `group`: {group}. `expression`: {logic}, JSONLogic over the context. `http`: {url} of a resolver.
       * @example {
       *       "role": "DISTRICT_OFFICER",
       *       "client": "registry"
       *     }
       */
      rule_value: {
        [key: string]: unknown;
      };
      /**
       * @description approver, observer: an approver's decision counts, an observer's is a comment.
       * @default approver
       */
      kind?: string;
      /**
       * @description Everybody this rule finds holds a required seat: the stage passes only with their approval.
       * @default false
       */
      required?: boolean;
    };
    /**
     * ApproverRuleOut
     * @description A rule as it was stored.
     */
    ApproverRuleOut: {
      /**
       * @description How the people are found: user, role, group, expression, http.
       * @example role
       */
      rule_type: string;
      /**
       * @description What to look for, by rule_type. `user`: {user_id}. `role`: {role} and, for a client role, {client}. `group`: {group}. `expression`: {logic}, JSONLogic over the context. `http`: {url} of a resolver.
       * @example {
       *       "role": "DISTRICT_OFFICER",
       *       "client": "registry"
       *     }
       */
      rule_value: {
        [key: string]: unknown;
      };
      /**
       * @description approver, observer: an approver's decision counts, an observer's is a comment.
       * @default approver
       */
      kind?: string;
      /**
       * @description Everybody this rule finds holds a required seat: the stage passes only with their approval.
       * @default false
       */
      required?: boolean;
      /** @description The id of the rule. */
      id: string;
    };
    /**
     * AuditOut
     * @description One thing an administrator did.
     */
    AuditOut: {
      /** @description The id of the row. */
      id: string;
      /** @description Its number in the audit log, which has no gaps. */
      sequence: number;
      /**
       * Format: date-time
       * @description When.
       */
      occurred_at: string;
      /**
       * @description The user id of who did it.
       * @example u-admin
       */
      actor: string;
      /** @description Their e-mail address, if their token had one. */
      actor_email: string | null;
      /**
       * @description What they did.
       * @example policy.activate
       */
      action: string;
      /**
       * @description To what kind of thing.
       * @example policy
       */
      resource_type: string;
      /**
       * @description To which one; a policy is named by its key.
       * @example land-transfer
       */
      resource_id: string;
      /** @description The same in one sentence. */
      summary: string;
      /** @description The thing as it was; null: it did not exist. */
      before: {
        [key: string]: unknown;
      } | null;
      /** @description The thing as it is since; null: it does not exist any more. */
      after: {
        [key: string]: unknown;
      } | null;
      /** @description What else belongs to it, such as the reason that was given. */
      metadata: {
        [key: string]: unknown;
      };
      /** @description The link of the hash chain: covers this row and all before it. */
      hash: string;
    };
    /**
     * CancelRequest
     * @description Why a request is withdrawn.
     */
    CancelRequest: {
      /** @description Why; kept in the timeline. */
      reason?: string | null;
      /** @description On whose behalf; recorded as requested_by. The one who acts is always the token's user. */
      actor?: string | null;
    };
    /**
     * CheckpointOut
     * @description A signed statement of how far every chain had come.
     */
    CheckpointOut: {
      /** @description The id of the checkpoint. */
      id: string;
      /** @description Its number, from 1 without gaps. */
      number: number;
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string;
      /** @description SHA-256 of the JWS of the checkpoint before; null: it is the first. */
      previous: string | null;
      /** @description The head of the audit log; sequence 0: it was empty. */
      audit: {
        /** @description The number of the newest row. */
        sequence: number;
        /**
         * @description Its link.
         * @example c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2
         */
        hash: string;
      };
      /** @description The requests that changed since the checkpoint before. */
      requests: {
        /** @description How many requests it tells of. */
        count: number;
        /**
         * @description SHA-256 over a line for each of them, in order of their ids.
         * @example c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2
         */
        root: string;
      };
      /** @description More requests changed than one checkpoint takes: ask for the next one right away. */
      more: boolean;
      /** @description The checkpoint as it was signed: a compact JWS (EdDSA). Keep this; the rest is what it says. */
      jws: string;
      /** @description The public key that it was signed with, as a JWK. */
      key: {
        [key: string]: unknown;
      };
    };
    /**
     * CreateRequestIn
     * @description An artifact that needs approval.
     */
    CreateRequestIn: {
      /**
       * @description The policy that decides whom to ask.
       * @example farmer-change
       */
      policy_key: string;
      /**
       * @description The kind of the artifact.
       * @example change_request
       */
      artifact_type: string;
      /**
       * @description The owner's own id of the artifact.
       * @example CR-2026-00042
       */
      artifact_id: string;
      /**
       * @description What the rules of the policy may look at; frozen once the request exists.
       * @example {
       *       "amount": 2500,
       *       "district": "D1"
       *     }
       */
      context?: {
        [key: string]: unknown;
      };
      /** @description Where the signed webhooks go; null: nowhere. */
      callback_url?: string | null;
      /** @description The secret that signs them; null: the deployment's default secret. */
      callback_secret_id?: string | null;
      /** @description Who wants the change; the token's own user when absent. */
      requester?: string | null;
    };
    /**
     * CreateRequestOut
     * @description The request that was started.
     */
    CreateRequestOut: {
      /** @description The id of the request. */
      request_id: string;
      /**
       * @description pending, in_review, approved, rejected or cancelled.
       * @example in_review
       */
      status: string;
      /** @description The lowest active stage_order; 0 before any; it stays where it was after the end. */
      current_stage_order: number;
      /** @description The tasks of the stages that just opened. */
      tasks?: components['schemas']['TaskOut'][];
    };
    /**
     * DecisionIn
     * @description The decision on a task.
     */
    DecisionIn: {
      /**
       * @description approve; reject; or abstain, which is a recusal and not an approval.
       * @example approve
       * @enum {string}
       */
      action: 'approve' | 'reject' | 'abstain';
      /** @description Why; kept with the decision. */
      comment?: string | null;
      /** @description Where supporting documents are kept; the service never opens it. */
      attachments_ref?: string | null;
    };
    /**
     * DecisionOut
     * @description A decision as it was recorded.
     */
    DecisionOut: {
      /** @description The id of the decision. */
      id: string;
      /** @description The request it belongs to. */
      request_id: string;
      /** @description The task it completed. */
      task_id: string;
      /** @description The place of the stage. */
      stage_order: number;
      /** @description Who decided; an administrator may decide for the assignee. */
      actor: string;
      /** @description approve, reject or abstain. */
      action: string;
      /** @description Why. */
      comment?: string | null;
      /** @description Where supporting documents are kept. */
      attachments_ref?: string | null;
      /**
       * Format: date-time
       * @description When it was decided.
       */
      created_at: string;
    };
    /**
     * DelegationIn
     * @description A window in which one person stands in for another.
     */
    DelegationIn: {
      /**
       * @description The person who is away.
       * @example u-amina
       */
      user_id: string;
      /**
       * @description The person who stands in.
       * @example u-bao
       */
      delegate_to: string;
      /**
       * Format: date-time
       * @description From when on.
       */
      starts_at: string;
      /**
       * Format: date-time
       * @description Until when; must be after starts_at.
       */
      ends_at: string;
      /**
       * @description Why.
       * @example annual leave
       */
      reason?: string | null;
    };
    /**
     * DelegationOut
     * @description A delegation as it was stored.
     */
    DelegationOut: {
      /** @description The id of the delegation. */
      id: string;
      /**
       * @description The person who is away.
       * @example u-amina
       */
      user_id: string;
      /**
       * @description The person who stands in.
       * @example u-bao
       */
      delegate_to: string;
      /**
       * Format: date-time
       * @description From when on.
       */
      starts_at: string;
      /**
       * Format: date-time
       * @description Until when; must be after starts_at.
       */
      ends_at: string;
      /**
       * @description Why.
       * @example annual leave
       */
      reason?: string | null;
      /** @description The user id of the administrator who wrote it. */
      created_by: string;
      /**
       * Format: date-time
       * @description When it was written; of several active windows the newest counts.
       */
      created_at: string;
    };
    /**
     * DeliveryAttemptOut
     * @description One attempt to deliver a webhook.
     */
    DeliveryAttemptOut: {
      /**
       * Format: date-time
       * @description When it ended.
       */
      at: string;
      /** @description How long it took; milliseconds. */
      duration_ms: number;
      /** @description The HTTP status of the answer; null: there was none. */
      status_code: number | null;
      /** @description Why it failed; null: the receiver took it. */
      error: string | null;
    };
    /**
     * DeliveryDetailOut
     * @description One webhook with what became of each attempt and what is sent.
     */
    DeliveryDetailOut: {
      /** @description The id of the delivery. */
      id: string;
      /** @description The request it tells about. */
      request_id: string;
      /** @description The event it tells about. */
      event_id: string;
      /**
       * @description What happened.
       * @example request_approved
       */
      event_type: string;
      /** @description The number of that event in the timeline. */
      sequence: number;
      /** @description Where it goes. */
      callback_url: string;
      /**
       * @description Whom it goes to: the callback_url without query and fragment. Deliveries are filtered, paused and replayed by it.
       * @example https://registry.example/approvals
       */
      receiver: string;
      /**
       * @description pending: to be tried, again. delivered: the receiver took it. exhausted: given up.
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'exhausted';
      /** @description Attempts made so far. */
      attempt: number;
      /** @description Attempts after which it is given up. */
      max_attempts: number;
      /** @description When it is tried next; null unless it is pending. */
      next_attempt_at: string | null;
      /** @description The HTTP status of the last answer; null: no answer yet. */
      last_status_code: number | null;
      /** @description Why the last attempt failed. */
      last_error: string | null;
      /** @description When the receiver took it. */
      delivered_at: string | null;
      /**
       * Format: date-time
       * @description When the event was written.
       */
      created_at: string;
      /** @description The last 50 attempts, oldest first, those before a retry by hand included. */
      attempts: components['schemas']['DeliveryAttemptOut'][];
      payload: components['schemas']['WebhookEvent'];
    };
    /**
     * DeliveryOut
     * @description One webhook on its way to a receiver.
     */
    DeliveryOut: {
      /** @description The id of the delivery. */
      id: string;
      /** @description The request it tells about. */
      request_id: string;
      /** @description The event it tells about. */
      event_id: string;
      /**
       * @description What happened.
       * @example request_approved
       */
      event_type: string;
      /** @description The number of that event in the timeline. */
      sequence: number;
      /** @description Where it goes. */
      callback_url: string;
      /**
       * @description Whom it goes to: the callback_url without query and fragment. Deliveries are filtered, paused and replayed by it.
       * @example https://registry.example/approvals
       */
      receiver: string;
      /**
       * @description pending: to be tried, again. delivered: the receiver took it. exhausted: given up.
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'exhausted';
      /** @description Attempts made so far. */
      attempt: number;
      /** @description Attempts after which it is given up. */
      max_attempts: number;
      /** @description When it is tried next; null unless it is pending. */
      next_attempt_at: string | null;
      /** @description The HTTP status of the last answer; null: no answer yet. */
      last_status_code: number | null;
      /** @description Why the last attempt failed. */
      last_error: string | null;
      /** @description When the receiver took it. */
      delivered_at: string | null;
      /**
       * Format: date-time
       * @description When the event was written.
       */
      created_at: string;
    };
    /**
     * DirectoryClientOut
     * @description A client whose roles a policy can name.
     */
    DirectoryClientOut: {
      /**
       * @description The client id, as role rules name it.
       * @example registry-staff-portal
       */
      client: string;
      /**
       * @description What people call it.
       * @example Staff portal
       */
      name: string | null;
    };
    /**
     * DirectoryGroupOut
     * @description A group that a policy can name.
     */
    DirectoryGroupOut: {
      /**
       * @description The path, as group rules name it.
       * @example /districts/D1
       */
      group: string;
      /**
       * @description The last part of the path.
       * @example D1
       */
      name: string;
    };
    /**
     * DirectoryRoleOut
     * @description A role that a policy can name.
     */
    DirectoryRoleOut: {
      /**
       * @description The role, as role rules name it.
       * @example OFFICER
       */
      role: string;
      /** @description The client it belongs to; null: the realm. */
      client: string | null;
      /** @description What it is for. */
      description: string | null;
    };
    /**
     * DirectoryUserOut
     * @description Somebody whom a policy can name.
     */
    DirectoryUserOut: {
      /**
       * @description What rules, tasks and delegations call this person: the token’s sub, or as configured.
       * @example 8f14e45f-ceea-467f-a0e6-1b2f3c4d5e6f
       */
      user_id: string;
      /**
       * @description The name under which the person signs in.
       * @example amina
       */
      username: string;
      /**
       * @description First and last name.
       * @example Amina Officer
       */
      name: string | null;
      /**
       * @description The e-mail address.
       * @example amina@example.org
       */
      email: string | null;
    };
    /**
     * ErrorDetail
     * @description What went wrong, for a program and for a person.
     */
    ErrorDetail: {
      /**
       * @description A stable code to branch on. Codes and their statuses: `AWE-001` (404), `AWE-002` (409), `AWE-003` (404), `AWE-004` (404), `AWE-005` (503), `AWE-006` (503), `AWE-007` (400, 404, 409, 503), `AWE-008` (401, 403), `AWE-009` (409), `AWE-010` (400), `AWE-011` (503), `AWE-012` (400, 404, 405, 408, 413, 415, 429, 431), `AWE-500` (500).
       * @example AWE-003
       */
      errorCode: string;
      /**
       * @description What was wrong, where, and the way out. For people: the wording may change.
       * @example No request has the id 0197b1a2-0000-7000-8000-00000000dead; search with GET /requests.
       */
      message: string;
    };
    /**
     * ErrorResponse
     * @description The answer to every refused call, except for 422.
     */
    ErrorResponse: {
      /**
       * @description The service that answered.
       * @default openg2p.awe
       */
      id?: string;
      /**
       * @description The version of the envelope format.
       * @default 1.0
       */
      version?: string;
      /**
       * @description When the answer was written: UTC, ISO 8601.
       * @example 2026-04-23T10:00:00.000Z
       */
      responsetime: string;
      /** @description Always null in an error. */
      response?: {
        [key: string]: unknown;
      } | null;
      /** @description Exactly one error. */
      errors: components['schemas']['ErrorDetail'][];
    };
    /**
     * EventOut
     * @description One line in the timeline of a request.
     */
    EventOut: {
      /** @description The id of the event; a webhook about it carries the same. */
      id: string;
      /** @description The request it belongs to. */
      request_id: string;
      /**
       * @description What happened.
       * @example task_decided
       */
      event_type: string;
      /** @description Always request_id, artifact_type, artifact_id, status and stage_order; more by event_type. */
      payload: {
        [key: string]: unknown;
      };
      /**
       * Format: date-time
       * @description When it happened.
       */
      created_at: string;
      /** @description Its number in the timeline, from 1 without gaps. */
      sequence?: number;
      /** @description Who caused it; null when nobody pressed a button. */
      actor?: string | null;
    };
    /**
     * HTTPValidationError
     * @description A call of the wrong shape: every fault, not only the first.
     */
    HTTPValidationError: {
      /** @description The faults, in no promised order. */
      detail?: components['schemas']['ValidationError'][];
    };
    /**
     * HealthPayload
     * @description The state of the service.
     */
    HealthPayload: {
      /**
       * @description `healthy` when it can do its work.
       * @example healthy
       */
      status: string;
    };
    /**
     * HealthResponse
     * @description The answer of a service that is ready.
     */
    HealthResponse: {
      /**
       * @description The service that answered.
       * @default openg2p.awe
       */
      id?: string;
      /**
       * @description The version of the envelope format.
       * @default 1.0
       */
      version?: string;
      /**
       * @description When the answer was written: UTC, ISO 8601.
       * @example 2026-04-23T10:00:00.000Z
       */
      responsetime: string;
      response: components['schemas']['HealthPayload'];
      /** @description Always empty in a success. */
      errors?: components['schemas']['ErrorDetail'][];
    };
    /**
     * ExhaustedOut
     * @description Webhooks that one receiver did not take.
     */
    ExhaustedOut: {
      /** @description How many. Counted up to 1,000, which means that many or more. */
      count: number;
      /** @description The newest of them. */
      examples: {
        delivery_id: string;
        request_id: string;
        event_type: string;
        last_status_code: number | null;
        last_error: string | null;
      }[];
    };
    /**
     * FailedLookupOut
     * @description People of a stage who cannot be found.
     */
    FailedLookupOut: {
      /** @description The stage. */
      stage_order: number;
      /**
       * @description What they are to be asked for.
       * @enum {string}
       */
      phase: 'activation' | 'escalation';
      /** @description Why the last look-up failed. */
      reason: string;
      /** @description Look-ups that failed so far. */
      failures: number;
      /**
       * Format: date-time
       * @description When it is tried next.
       */
      next_attempt_at: string;
    };
    /**
     * IncidentOut
     * @description Something that does not go on by itself.
     */
    IncidentOut: {
      /** @description The same as long as the incident lasts. */
      id: string;
      /**
       * @description lookup_failed: a stage cannot be started or escalated, because its people cannot be found. deliveries_exhausted: a receiver did not take webhooks. overdue: nobody decided in time, and nothing more will happen.
       * @enum {string}
       */
      kind: 'lookup_failed' | 'deliveries_exhausted' | 'overdue';
      /**
       * Format: date-time
       * @description Since when.
       */
      since: string;
      /** @description The request it is about, if it is about one. */
      request_id: string | null;
      /** @description The receiver it is about, if it is about one. */
      receiver: string | null;
      /** @description What happened, in a sentence. */
      what: string;
      /** @description More about it, when a look-up failed. */
      lookup: components['schemas']['FailedLookupOut'] | null;
      /** @description More about it, when deliveries are exhausted. */
      deliveries: components['schemas']['ExhaustedOut'] | null;
      /** @description More about it, when people are past due. */
      overdue: components['schemas']['OverdueOut'] | null;
      /** @description What may be done, the likeliest first. */
      repairs: components['schemas']['RepairOut'][];
    };
    /**
     * IncidentRetryOut
     * @description What a retry came to.
     */
    IncidentRetryOut: {
      /** @description The id of the incident. */
      id: string;
      /** @description Look-ups or deliveries that were tried again. */
      retried: number;
      /** @description The incident as it is now; null: it is over. */
      incident: components['schemas']['IncidentOut'] | null;
    };
    /**
     * OverdueOut
     * @description A stage all of whose pending people are past due.
     */
    OverdueOut: {
      /** @description The stage. */
      stage_order: number;
      /** @description Who has not decided; ten of them at most. */
      waiting_for: {
        task_id: string;
        assignee: string;
        /** @description When it was due. */
        due_at: string | null;
      }[];
    };
    /**
     * OverviewDayOut
     * @description One day (UTC).
     */
    OverviewDayOut: {
      /**
       * @description The day.
       * @example 2026-04-23
       */
      day: string;
      /** @description Requests that were made. */
      created: number;
      /** @description Requests that were approved. */
      approved: number;
      /** @description Requests that were rejected. */
      rejected: number;
      /** @description Requests that were cancelled. */
      cancelled: number;
    };
    /**
     * OverviewDecisionTimeOut
     * @description How long requests under a policy took, from creation to approval or rejection.
     */
    OverviewDecisionTimeOut: {
      /**
       * @description The policy.
       * @example farmer-change
       */
      policy_key: string;
      /** @description Requests that were approved or rejected in the last seven days. */
      decided: number;
      /** @description Half of them took no longer; seconds. */
      median_seconds: number;
      /** @description Nine in ten took no longer; seconds. */
      p90_seconds: number;
    };
    /**
     * OverviewDeliveriesOut
     * @description Webhooks by status.
     */
    OverviewDeliveriesOut: {
      /** @description To be attempted, at once or again. */
      pending: number;
      /** @description Given up. */
      exhausted: number;
      /** @description Taken by their receivers, of the events of the last 24 hours. */
      delivered_in_a_day: number;
      /** @description When the oldest event that is pending was written. */
      oldest_pending_at: string | null;
      /** @description Since when a delivery has been due that was not attempted; null: none. */
      due_since: string | null;
      /** @description Receivers to whom nothing is sent. */
      paused_receivers: number;
    };
    /**
     * OverviewIncidentsOut
     * @description Incidents by kind.
     */
    OverviewIncidentsOut: {
      /** @description Requests whose people cannot be found. Counted up to 1,000, which means that many or more. */
      lookup_failed: number;
      /** @description Receivers that did not take webhooks. Counted up to 1,000, which means that many or more. */
      deliveries_exhausted: number;
      /** @description Requests whose pending people are all past due. Counted up to 1,000, which means that many or more. */
      overdue: number;
    };
    /**
     * OverviewOut
     * @description The state of everything.
     */
    OverviewOut: {
      /**
       * Format: date-time
       * @description When it was counted: some seconds ago at most.
       */
      as_of: string;
      tasks: components['schemas']['OverviewTasksOut'];
      requests: components['schemas']['OverviewRequestsOut'];
      /** @description The last 30 days, oldest first; today is the last. */
      days: components['schemas']['OverviewDayOut'][];
      /** @description By policy, those with most decisions first; 50 at most. Up to a minute older than as_of. */
      decision_times: components['schemas']['OverviewDecisionTimeOut'][];
      deliveries: components['schemas']['OverviewDeliveriesOut'];
      incidents: components['schemas']['OverviewIncidentsOut'];
    };
    /**
     * OverviewRequestsOut
     * @description Requests by status.
     */
    OverviewRequestsOut: {
      /** @description Not begun. */
      pending: number;
      /** @description Being decided. */
      in_review: number;
      /** @description Approved within the days of the overview. */
      approved: number;
      /** @description Rejected within the days of the overview. */
      rejected: number;
      /** @description Cancelled within the days of the overview. */
      cancelled: number;
      /** @description The open request that was made first. */
      oldest_open_id: string | null;
      /** @description When it was made. */
      oldest_open_at: string | null;
    };
    /**
     * OverviewTasksOut
     * @description Tasks that wait for their people.
     */
    OverviewTasksOut: {
      /** @description Tasks of open requests that are open or claimed, or expired and still to be decided. */
      open: number;
      /** @description When the oldest of them was handed out. */
      oldest_at: string | null;
      /** @description Of them, those handed out more than a day ago. */
      older_than_a_day: number;
      /** @description Of them, those handed out more than seven days ago. */
      older_than_a_week: number;
      /** @description Of them, those past due. */
      overdue: number;
      /** @description When the one that is longest past due was due. */
      oldest_due_at: string | null;
    };
    /**
     * PauseReceiverIn
     * @description Which receiver is left alone, and why.
     */
    PauseReceiverIn: {
      /**
       * @description The receiver, as deliveries name it: a callback_url without query and fragment.
       * @example https://registry.example/approvals
       */
      receiver: string;
      /** @description Shown to other administrators. */
      reason?: string | null;
    };
    /**
     * PolicyCreate
     * @description A whole policy version, as its author writes it.
     */
    PolicyCreate: {
      /**
       * @description Names the policy across its versions: 1 to 128 characters, no slash.
       * @example farmer-change
       */
      policy_key: string;
      /**
       * @description What people call the policy.
       * @example Change of a farmer record
       */
      name: string;
      /** @description What the policy is for. */
      description?: string | null;
      /**
       * @description The kind of artifact that the policy is meant for.
       * @example change_request
       */
      artifact_type: string;
      /**
       * @description Nobody is asked to approve their own request.
       * @default false
       */
      forbid_self_approval?: boolean;
      /**
       * @description Nobody who approved an earlier stage is asked again.
       * @default false
       */
      forbid_repeat_approvers?: boolean;
      /** @description The steps; without any, requests are approved at once. */
      stages?: components['schemas']['StageIn'][];
    };
    /**
     * PolicyOut
     * @description One version of a policy with its stages and rules.
     */
    PolicyOut: {
      /** @description The id of this version. */
      id: string;
      /**
       * @description Names the policy across its versions: 1 to 128 characters, no slash.
       * @example farmer-change
       */
      policy_key: string;
      /**
       * @description Counts from 1 within the policy_key.
       * @example 2
       */
      version: number;
      /**
       * @description What people call the policy.
       * @example Change of a farmer record
       */
      name: string;
      /** @description What the policy is for. */
      description?: string | null;
      /**
       * @description draft, active or archived.
       * @example active
       */
      status: string;
      /**
       * @description The kind of artifact that the policy is meant for.
       * @example change_request
       */
      artifact_type: string;
      /**
       * @description Nobody is asked to approve their own request.
       * @default false
       */
      forbid_self_approval?: boolean;
      /**
       * @description Nobody who approved an earlier stage is asked again.
       * @default false
       */
      forbid_repeat_approvers?: boolean;
      /** @description The user id of whoever wrote this version. */
      created_by?: string | null;
      /**
       * Format: date-time
       * @description When this version was written.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When this version, or its status, last changed.
       */
      updated_at: string;
      /** @description The steps, by stage_order. */
      stages?: components['schemas']['StageOut'][];
    };
    /**
     * PolicyVersionOut
     * @description One line in the list of versions.
     */
    PolicyVersionOut: {
      /** @description The id of this version. */
      id: string;
      /**
       * @description Names the policy across its versions: 1 to 128 characters, no slash.
       * @example farmer-change
       */
      policy_key: string;
      /**
       * @description Counts from 1 within the policy_key.
       * @example 2
       */
      version: number;
      /**
       * @description draft, active or archived.
       * @example active
       */
      status: string;
      /**
       * Format: date-time
       * @description When this version was written.
       */
      created_at: string;
    };
    /**
     * ProofCheckpoint
     * @description What the newest checkpoint that tells of a request says of it.
     */
    ProofCheckpoint: {
      /** @description The number of the checkpoint. */
      number: number;
      /** @description How many events the request had by then. */
      sequence: number;
      /**
       * @description The head of its timeline by then.
       * @example c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2
       */
      hash: string;
      /** @description The checkpoint as it was signed: a compact JWS (EdDSA). Keep this; the rest is what it says. */
      jws: string;
    };
    /**
     * ProofFault
     * @description Something that is not as it was written.
     */
    ProofFault: {
      /**
       * @description Where.
       * @example event 3
       */
      place: string;
      /** @description What is wrong there. */
      message: string;
    };
    /**
     * ProofOut
     * @description The head of the hash chain of a timeline, and whether all of it is as it was written.
     */
    ProofOut: {
      /** @description The id of the request. */
      request_id: string;
      /** @description Whether the timeline, and the state that it leads to, have no fault. */
      valid: boolean;
      /** @description The number of the newest event. */
      sequence: number;
      /** @description The link of the newest event: covers it, all before it and what the request asks for. */
      head: string | null;
      /** @description The first event that has a link; null: none has, the request is older than the chains. */
      covered_from: number | null;
      /** @description Each place that is not as it was written. */
      faults: components['schemas']['ProofFault'][];
      /** @description The newest checkpoint that tells of this request; null: none does yet. */
      checkpoint: components['schemas']['ProofCheckpoint'] | null;
    };
    /**
     * ReassignIn
     * @description Who takes over a task.
     */
    ReassignIn: {
      /** @description The user id of the person who is asked instead. */
      new_assignee: string;
      /** @description Why; kept in the timeline and in the audit log. */
      reason?: string | null;
    };
    /**
     * ReceiverOut
     * @description Somebody who is called back, and how that goes.
     */
    ReceiverOut: {
      /**
       * @description The callback_url without query and fragment.
       * @example https://registry.example/approvals
       */
      receiver: string;
      /** @description Deliveries that are to be attempted, at once or again. Counted up to 1,000, which means that many or more. */
      pending: number;
      /** @description When the oldest of those that were counted was written. */
      oldest_pending_at: string | null;
      /** @description When the next of them is due, or has been since. */
      next_attempt_at: string | null;
      /** @description Deliveries that were given up. Counted up to 1,000, which means that many or more. */
      exhausted: number;
      /** @description When the oldest of those that were counted was written. */
      oldest_exhausted_at: string | null;
      /** @description Whether nothing is sent to it. */
      paused: boolean;
      /** @description Since when; null unless it is paused. */
      paused_at: string | null;
      /** @description Who paused it; null unless it is paused. */
      paused_by: string | null;
      /** @description Why it is paused, if somebody said so. */
      reason: string | null;
    };
    /**
     * RepairOut
     * @description Something that may be done about an incident.
     */
    RepairOut: {
      /** @description What it does. */
      description: string;
      /**
       * @description The call that does it.
       * @example POST
       */
      method: string;
      /** @description The path of that call. */
      path: string;
      /** @description Its body, with … where a choice is to be made; null: it takes none. */
      body: {
        [key: string]: unknown;
      } | null;
    };
    /**
     * ReplayIn
     * @description Which deliveries are started anew. All that is given applies together.
     */
    ReplayIn: {
      /** @description Only to this receiver, as deliveries name it. */
      receiver?: string | null;
      /**
       * Format: date-time
       * @description Only events written from this moment on.
       */
      since: string;
      /**
       * Format: date-time
       * @description Only events written before this moment.
       */
      until: string;
      /**
       * @description Only deliveries in one of these states. delivered: for a receiver that lost what it had. pending: without waiting for the next attempt.
       * @default [
       *       "exhausted"
       *     ]
       */
      statuses?: ('pending' | 'delivered' | 'exhausted')[];
      /**
       * @description Only counts what would be started anew.
       * @default false
       */
      dry_run?: boolean;
    };
    /**
     * ReplayOut
     * @description What a replay came to.
     */
    ReplayOut: {
      /** @description Deliveries that were started anew, or would be in a dry run. */
      replayed: number;
      /** @description Whether nothing was changed. */
      dry_run: boolean;
    };
    /**
     * RequestOut
     * @description An approval request and where it stands.
     */
    RequestOut: {
      /** @description The id of the request. */
      id: string;
      /** @description The policy version that governs it, from start to end. */
      policy_id: string;
      /**
       * @description The policy that decides whom to ask.
       * @example farmer-change
       */
      policy_key: string;
      /** @description The number of that version. */
      policy_version: number;
      /**
       * @description The kind of the artifact.
       * @example change_request
       */
      artifact_type: string;
      /**
       * @description The owner's own id of the artifact.
       * @example CR-2026-00042
       */
      artifact_id: string;
      /** @description The service that asked, as its token names it. */
      source_service: string;
      /** @description Who wants the change. */
      requester?: string | null;
      /** @description What the rules of the policy look at. */
      context: {
        [key: string]: unknown;
      };
      /**
       * @description pending, in_review, approved, rejected or cancelled.
       * @example in_review
       */
      status: string;
      /** @description The lowest active stage_order; 0 before any; it stays where it was after the end. */
      current_stage_order: number;
      /** @description Where the signed webhooks go. */
      callback_url?: string | null;
      /** @description When it was approved, rejected or cancelled. */
      completed_at?: string | null;
      /**
       * Format: date-time
       * @description When it was started.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it last changed.
       */
      updated_at: string;
    };
    /**
     * ResumeReceiverIn
     * @description Which receiver is sent to again.
     */
    ResumeReceiverIn: {
      /**
       * @description The receiver, as deliveries name it: a callback_url without query and fragment.
       * @example https://registry.example/approvals
       */
      receiver: string;
    };
    /**
     * RotateSecretIn
     * @description When the new value begins to sign.
     */
    RotateSecretIn: {
      /**
       * @description Until then the old value signs, and webhook-signature carries both: time to bring the new value to the receivers. 0: at once.
       * @default 24
       */
      effective_in_hours?: number;
    };
    /**
     * SecretIn
     * @description A new secret for signing callbacks.
     */
    SecretIn: {
      /**
       * @description What people call it; no two secrets have the same name.
       * @example land-registry
       */
      name: string;
      /** @description The value that the receiver holds already, such as one of the reference implementation. Leave it out to have one made. */
      secret?: string | null;
    };
    /**
     * SecretOut
     * @description A callback secret, without its value.
     */
    SecretOut: {
      /** @description What requests name as callback_secret_id. */
      id: string;
      /** @description What people call it. The one named default signs where a request names none. */
      name: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its newest value begins to sign, or began to.
       */
      effective_at: string;
    };
    /**
     * SecretValueOut
     * @description A callback secret with its value: shown this once.
     */
    SecretValueOut: {
      /** @description What requests name as callback_secret_id. */
      id: string;
      /** @description What people call it. The one named default signs where a request names none. */
      name: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its newest value begins to sign, or began to.
       */
      effective_at: string;
      /**
       * @description The value: `whsec_` and base64, unless one was given. It is not shown again.
       * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
       */
      secret: string;
    };
    /**
     * SimulateRequest
     * @description A sample to try a policy version on.
     */
    SimulateRequest: {
      /**
       * @description The context that a request would carry.
       * @example {
       *       "amount": 2500,
       *       "district": "D1"
       *     }
       */
      context?: {
        [key: string]: unknown;
      };
      /** @description Who would ask; matters when self-approval is forbidden. */
      requester?: string | null;
    };
    /**
     * SimulateResponse
     * @description Whom a policy version would ask, stage by stage.
     */
    SimulateResponse: {
      /** @description The id of the version that was tried. */
      policy_id: string;
      /** @description Its number. */
      policy_version: number;
      /** @description The stages, by stage_order. */
      stages: components['schemas']['SimulateStageOut'][];
    };
    /**
     * SimulateStageOut
     * @description Whom one stage would ask.
     */
    SimulateStageOut: {
      /** @description The place of the stage. */
      stage_order: number;
      /** @description The name of the stage. */
      name: string;
      /** @description How approvals would be counted. */
      mode: string;
      /** @description How many, or what share. */
      mode_value?: number | null;
      /** @description User ids of the people who would get a task, after all filters and delegations. */
      resolved_approvers: string[];
      /**
       * @description Whether the stage would be skipped.
       * @default false
       */
      skipped?: boolean;
      /** @description Why it would be skipped. */
      skip_reason?: string | null;
      /** @description Approvals it would need; null when it would not open. */
      needed?: number | null;
      /** @description Those of the approvers who must approve whatever the count. */
      required_approvers?: string[];
      /** @description User ids of those who would only be informed. */
      observers?: string[];
      /** @description Why a request would be rejected on reaching the stage; null when it would not. */
      blocked_reason?: string | null;
      /** @description Why skip_if could not be evaluated; the stage is then not skipped. */
      skip_if_error?: string | null;
    };
    /**
     * StageIn
     * @description One step of a policy: whom to ask, and how their answers count.
     */
    StageIn: {
      /**
       * @description What people call this stage.
       * @example District review
       */
      name: string;
      /** @description The place of the stage; unique within the policy. */
      stage_order: number;
      /**
       * @description How approvals are counted: all, any-n, quorum, percentage; quorum is any-n.
       * @default all
       */
      mode?: string;
      /** @description any-n and quorum: how many approvals (1 when absent). percentage: 1 to 100 (100 when absent). */
      mode_value?: number | null;
      /** @description Hours until a task of this stage is due; null: never. */
      sla_hours?: number | null;
      /**
       * @description JSONLogic over the context: when it is true, the stage is skipped. When it fails, it is not.
       * @example {
       *       "<": [
       *         {
       *           "var": "amount"
       *         },
       *         1000
       *       ]
       *     }
       */
      skip_if?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description When the rules find nobody: block, skip; block rejects the request, skip goes on without the stage.
       * @default block
       */
      on_empty?: string;
      /** @description Neighbouring stages with the same number run side by side; null: the stage runs alone. */
      parallel_group?: number | null;
      /** @description What happens once every pending task of the stage is past due: notify, auto_approve, auto_reject, escalate; null is notify. */
      on_breach?: string | null;
      /**
       * @description veto, count: one reject ends the stage, or it only uses up that vote (not in mode all).
       * @default veto
       */
      on_reject?: string;
      /** @description Whom to ask in addition when on_breach is escalate. */
      escalation_rules?: components['schemas']['ApproverRuleIn'][];
      /** @description Whom to ask: everybody whom any of the rules finds, once. */
      rules?: components['schemas']['ApproverRuleIn'][];
    };
    /**
     * StageOut
     * @description A stage as it was stored.
     */
    StageOut: {
      /**
       * @description What people call this stage.
       * @example District review
       */
      name: string;
      /** @description The place of the stage; unique within the policy. */
      stage_order: number;
      /**
       * @description How approvals are counted: all, any-n, quorum, percentage; quorum is any-n.
       * @default all
       */
      mode?: string;
      /** @description any-n and quorum: how many approvals (1 when absent). percentage: 1 to 100 (100 when absent). */
      mode_value?: number | null;
      /** @description Hours until a task of this stage is due; null: never. */
      sla_hours?: number | null;
      /**
       * @description JSONLogic over the context: when it is true, the stage is skipped. When it fails, it is not.
       * @example {
       *       "<": [
       *         {
       *           "var": "amount"
       *         },
       *         1000
       *       ]
       *     }
       */
      skip_if?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description When the rules find nobody: block, skip; block rejects the request, skip goes on without the stage.
       * @default block
       */
      on_empty?: string;
      /** @description Neighbouring stages with the same number run side by side; null: the stage runs alone. */
      parallel_group?: number | null;
      /** @description What happens once every pending task of the stage is past due: notify, auto_approve, auto_reject, escalate; null is notify. */
      on_breach?: string | null;
      /**
       * @description veto, count: one reject ends the stage, or it only uses up that vote (not in mode all).
       * @default veto
       */
      on_reject?: string;
      /** @description Whom to ask in addition on a breach. */
      escalation_rules?: components['schemas']['ApproverRuleOut'][];
      /** @description Whom to ask. */
      rules?: components['schemas']['ApproverRuleOut'][];
      /** @description The id of the stage; tasks refer to it. */
      id: string;
    };
    /**
     * TaskOut
     * @description One person's part in one stage of a request.
     */
    TaskOut: {
      /** @description The id of the task. */
      id: string;
      /** @description The request it belongs to. */
      request_id: string;
      /** @description The stage of the policy version. */
      stage_id: string;
      /** @description The place of that stage. */
      stage_order: number;
      /**
       * @description The user id of the person who is asked.
       * @example u-amina
       */
      assignee: string;
      /**
       * @description approver, whose decision counts, or observer, who may comment.
       * @default approver
       */
      kind?: string;
      /** @description The person who was away; the assignee stands in for them. */
      delegated_from?: string | null;
      /** @description The person from whom an administrator took the task. */
      reassigned_from?: string | null;
      /**
       * @description open, claimed, completed, skipped, expired or reassigned.
       * @example open
       */
      status: string;
      /** @description When it was claimed. */
      claimed_at?: string | null;
      /** @description When it was decided. */
      completed_at?: string | null;
      /** @description When it is due; null: never. */
      due_at?: string | null;
      /** @description The decision that completed it. */
      decision_id?: string | null;
      /**
       * Format: date-time
       * @description When the person was asked.
       */
      created_at: string;
    };
    /**
     * ValidationError
     * @description One place in the call that has the wrong shape.
     */
    ValidationError: {
      /**
       * @description The way to the place: first `body`, `query`, `path` or `header`, then names and positions.
       * @example [
       *       "body",
       *       "stages",
       *       0,
       *       "stage_order"
       *     ]
       */
      loc: (string | number)[];
      /**
       * @description What is wrong there.
       * @example must be at least 1
       */
      msg: string;
      /**
       * @description The kind of fault, for programs.
       * @example greater_than_equal
       */
      type: string;
      /** @description The value that was found there. */
      input?: unknown;
      /**
       * @description The limit that was broken.
       * @example {
       *       "ge": 1
       *     }
       */
      ctx?: Record<string, never>;
    };
    /**
     * VersionPayload
     * @description Which build is running.
     */
    VersionPayload: {
      /**
       * @description The version of the package.
       * @example 0.1.0
       */
      service_version: string;
      /**
       * @description When it was built, or `unknown`.
       * @example 2026-04-20T08:15:00.000Z
       */
      build_time: string;
      /**
       * @description The commit it was built from, or `unknown`.
       * @example 4f2a9c1
       */
      git_commit: string;
    };
    /**
     * VersionResponse
     * @description The answer of the version endpoint.
     */
    VersionResponse: {
      /**
       * @description The service that answered.
       * @default openg2p.awe
       */
      id?: string;
      /**
       * @description The version of the envelope format.
       * @default 1.0
       */
      version?: string;
      /**
       * @description When the answer was written: UTC, ISO 8601.
       * @example 2026-04-23T10:00:00.000Z
       */
      responsetime: string;
      response: components['schemas']['VersionPayload'];
      /** @description Always empty in a success. */
      errors?: components['schemas']['ErrorDetail'][];
    };
    /**
     * WebhookEvent
     * @description What is posted to the callback_url of a request when something happened to it. Verify the signature over the raw body before parsing it, and treat a second delivery of the same event_id as the first.
     */
    WebhookEvent: {
      /** @description The id of the event: the same in every attempt. */
      event_id: string;
      /**
       * @description What happened: request_created, stage_started, stage_completed, request_approved, request_rejected, request_cancelled, task_expired.
       * @example request_approved
       */
      event_type: string;
      /** @description The request it happened to. */
      request_id: string;
      /** @description The kind of the artifact. */
      artifact_type: string;
      /** @description The owner's own id of the artifact. */
      artifact_id: string;
      /** @description The status of the request after the event. */
      status: string;
      /** @description The stage it concerns, if any. */
      stage_order?: number | null;
      /** @description Who caused it; null: no person did. */
      actor?: string | null;
      /**
       * Format: date-time
       * @description When it happened, not when it was sent.
       */
      occurred_at: string;
      /** @description The number of the event in the timeline. Numbers are missing where events are not sent. */
      sequence?: number;
      /** @description The payload of the event, as the timeline shows it. */
      data?: {
        [key: string]: unknown;
      };
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  health_v1_awe_health_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The service can do its work. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthResponse'];
        };
      };
    };
  };
  version_v1_awe_version_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The build. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VersionResponse'];
        };
      };
    };
  };
  config_view_v1_awe_config_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The settings. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': unknown;
        };
      };
    };
  };
  list_policies_v1_awe_policies_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One version of each policy. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'][];
        };
      };
    };
  };
  create_policy_v1_awe_policies_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyCreate'];
      };
    };
    responses: {
      /** @description The draft. */
      201: {
        headers: {
          /**
           * @description A JSON array of remarks on what is allowed but probably not meant; absent when there are none.
           * @example ["stages[1]: no approver rule, so the stage always follows on_empty"]
           */
          'X-AWE-Warnings'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  add_version_v1_awe_policies__policy_key__put: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyCreate'];
      };
    };
    responses: {
      /** @description The draft. */
      201: {
        headers: {
          /**
           * @description A JSON array of remarks on what is allowed but probably not meant; absent when there are none.
           * @example ["stages[1]: no approver rule, so the stage always follows on_empty"]
           */
          'X-AWE-Warnings'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  list_versions_v1_awe_policies__policy_key__versions_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The versions. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyVersionOut'][];
        };
      };
    };
  };
  get_version_v1_awe_policies__policy_key__versions__version__get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
        /** @description The number of the version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  edit_draft_v1_awe_policies__policy_key__versions__version__patch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
        /** @description The number of the version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyCreate'];
      };
    };
    responses: {
      /** @description The draft as it is now. */
      200: {
        headers: {
          /**
           * @description A JSON array of remarks on what is allowed but probably not meant; absent when there are none.
           * @example ["stages[1]: no approver rule, so the stage always follows on_empty"]
           */
          'X-AWE-Warnings'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  activate_v1_awe_policies__policy_key__versions__version__activate_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
        /** @description The number of the version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The active version. */
      200: {
        headers: {
          /**
           * @description A JSON array of remarks on what is allowed but probably not meant; absent when there are none.
           * @example ["stages[1]: no approver rule, so the stage always follows on_empty"]
           */
          'X-AWE-Warnings'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  deactivate_v1_awe_policies__policy_key__versions__version__deactivate_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
        /** @description The number of the version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The archived version. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyOut'];
        };
      };
    };
  };
  simulate_v1_awe_policies__policy_key__versions__version__simulate_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The key of the policy. */
        policy_key: string;
        /** @description The number of the version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SimulateRequest'];
      };
    };
    responses: {
      /** @description Whom each stage would ask. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SimulateResponse'];
        };
      };
    };
  };
  search_requests_v1_awe_requests_get: {
    parameters: {
      query?: {
        /** @description Only this kind of artifact. */
        artifact_type?: string | null;
        /** @description Only this artifact. */
        artifact_id?: string | null;
        /** @description Only requests with this status. */
        status?: string | null;
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of requests. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/requests?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestOut'][];
        };
      };
    };
  };
  create_request_v1_awe_requests_post: {
    parameters: {
      query?: never;
      header?: {
        /** @description Your name for this call. The same key and body are answered with the first 201, byte for byte. */
        'Idempotency-Key'?: string | null;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRequestIn'];
      };
    };
    responses: {
      /** @description The request, and the tasks that just opened. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreateRequestOut'];
        };
      };
    };
  };
  get_request_v1_awe_requests__request_id__get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request. */
        request_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestOut'];
        };
      };
    };
  };
  cancel_request_v1_awe_requests__request_id__cancel_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request. */
        request_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelRequest'];
      };
    };
    responses: {
      /** @description The cancelled request. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RequestOut'];
        };
      };
    };
  };
  request_events_v1_awe_requests__request_id__events_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request. */
        request_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventOut'][];
        };
      };
    };
  };
  list_tasks_v1_awe_tasks_get: {
    parameters: {
      query?: {
        /** @description Whose tasks: `me` is the user of the token, `*` is everybody, anything else is a user id. */
        assignee?: string | null;
        /** @description Only tasks of this request. */
        request_id?: string | null;
        /** @description Only tasks with this status; several are separated by commas. An unknown one matches nothing. */
        status?: string | null;
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of tasks. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/tasks?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TaskOut'][];
        };
      };
    };
  };
  claim_task_v1_awe_tasks__task_id__claim_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the task. */
        task_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The claimed task. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TaskOut'];
        };
      };
    };
  };
  decide_v1_awe_tasks__task_id__decision_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the task. */
        task_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DecisionIn'];
      };
    };
    responses: {
      /** @description The decision. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecisionOut'];
        };
      };
    };
  };
  reassign_task_v1_awe_tasks__task_id__reassign_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the task. */
        task_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReassignIn'];
      };
    };
    responses: {
      /** @description The new task. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TaskOut'];
        };
      };
    };
  };
  list_delegations_v1_awe_delegations_get: {
    parameters: {
      query?: {
        /** @description Only the windows in which this person is away. */
        user_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delegations. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DelegationOut'][];
        };
      };
    };
  };
  create_delegation_v1_awe_delegations_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DelegationIn'];
      };
    };
    responses: {
      /** @description The delegation. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DelegationOut'];
        };
      };
    };
  };
  delete_delegation_v1_awe_delegations__delegation_id__delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the delegation. */
        delegation_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is removed. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  list_deliveries_v1_awe_admin_deliveries_get: {
    parameters: {
      query?: {
        /** @description Only this status: pending, delivered, exhausted. Another one matches nothing. */
        status?: string;
        /** @description Only deliveries about this request. */
        request_id?: string;
        /** @description Only to this receiver, as deliveries name it. */
        receiver?: string;
        /** @description Only events of this type. */
        event_type?: string;
        /** @description Only events written from this moment on. */
        since?: string;
        /** @description Only events written before this moment. */
        until?: string;
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of deliveries. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/deliveries?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryOut'][];
        };
      };
    };
  };
  get_delivery_v1_awe_admin_deliveries__delivery_id__get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the delivery. */
        delivery_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDetailOut'];
        };
      };
    };
  };
  replay_deliveries_v1_awe_admin_deliveries_replay_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayIn'];
      };
    };
    responses: {
      /** @description How many were started anew. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayOut'];
        };
      };
    };
  };
  retry_delivery_v1_awe_admin_deliveries__delivery_id__retry_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the delivery. */
        delivery_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery, pending again. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryOut'];
        };
      };
    };
  };
  list_receivers_v1_awe_admin_receivers_get: {
    parameters: {
      query?: {
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of receivers. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/receivers?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiverOut'][];
        };
      };
    };
  };
  pause_receiver_v1_awe_admin_receivers_pause_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PauseReceiverIn'];
      };
    };
    responses: {
      /** @description The receiver, paused. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiverOut'];
        };
      };
    };
  };
  resume_receiver_v1_awe_admin_receivers_resume_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResumeReceiverIn'];
      };
    };
    responses: {
      /** @description The receiver, no longer paused. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiverOut'];
        };
      };
    };
  };
  list_incidents_v1_awe_admin_incidents_get: {
    parameters: {
      query?: {
        /** @description Only this kind: lookup_failed, deliveries_exhausted, overdue. Another one matches nothing. */
        kind?: string;
        /** @description Of each kind at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The incidents. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidentOut'][];
        };
      };
    };
  };
  retry_incident_v1_awe_admin_incidents__incident_id__retry_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the incident. */
        incident_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What the retry came to. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidentRetryOut'];
        };
      };
    };
  };
  get_overview_v1_awe_admin_overview_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The overview. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverviewOut'];
        };
      };
    };
  };
  list_callback_secrets_v1_awe_admin_callback_secrets_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The secrets. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretOut'][];
        };
      };
    };
  };
  create_callback_secret_v1_awe_admin_callback_secrets_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecretIn'];
      };
    };
    responses: {
      /** @description The secret, with its value. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretValueOut'];
        };
      };
    };
  };
  rotate_callback_secret_v1_awe_admin_callback_secrets__secret_id__rotate_post: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the secret. */
        secret_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RotateSecretIn'];
      };
    };
    responses: {
      /** @description The secret, with its new value. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretValueOut'];
        };
      };
    };
  };
  delete_callback_secret_v1_awe_admin_callback_secrets__secret_id__delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the secret. */
        secret_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  list_audit_v1_awe_admin_audit_get: {
    parameters: {
      query?: {
        /** @description Only what this user did. */
        actor?: string;
        /** @description Only this action, such as policy.activate. */
        action?: string;
        /** @description Only things of this kind, such as policy. */
        resource_type?: string;
        /** @description Only this thing. */
        resource_id?: string;
        /** @description Only from this moment on. */
        since?: string;
        /** @description Only before this moment. */
        until?: string;
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of rows. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/audit?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditOut'][];
        };
      };
    };
  };
  request_proof_v1_awe_requests__request_id__proof_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of the request. */
        request_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The head of the chain, and every fault. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProofOut'];
        };
      };
    };
  };
  checkpoint_v1_awe_admin_checkpoint_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest checkpoint. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckpointOut'];
        };
      };
    };
  };
  list_checkpoints_v1_awe_admin_checkpoints_get: {
    parameters: {
      query?: {
        /** @description How many to answer at most, newest first. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of checkpoints. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/checkpoints?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckpointOut'][];
        };
      };
    };
  };
  export_v1_awe_admin_export_get: {
    parameters: {
      query?: {
        /** @description Only requests started from this moment on, by the time in their ids. */
        since?: string;
        /** @description Only requests started before this moment, by the time in their ids. */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One JSON object a line. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
    };
  };
  list_keycloak_users_v1_awe_admin_keycloak_users_get: {
    parameters: {
      query?: {
        /** @description Only people whose username, first name, last name or e-mail address begins with this; `*text*` finds it anywhere. */
        search?: string;
        /** @description How many to answer at most, in Keycloak’s order. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of people. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/keycloak/users?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DirectoryUserOut'][];
        };
      };
    };
  };
  list_keycloak_clients_v1_awe_admin_keycloak_clients_get: {
    parameters: {
      query?: {
        /** @description Only clients with this in their client id. */
        search?: string;
        /** @description How many to answer at most, in Keycloak’s order. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of clients. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/keycloak/clients?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DirectoryClientOut'][];
        };
      };
    };
  };
  list_keycloak_roles_v1_awe_admin_keycloak_roles_get: {
    parameters: {
      query?: {
        /** @description The client id whose roles to list instead of the realm’s. An unknown one has none. */
        client?: string;
        /** @description Only roles with this in their name or description. */
        search?: string;
        /** @description How many to answer at most, in Keycloak’s order. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of roles. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/keycloak/roles?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DirectoryRoleOut'][];
        };
      };
    };
  };
  list_keycloak_groups_v1_awe_admin_keycloak_groups_get: {
    parameters: {
      query?: {
        /** @description Only groups with this in their name, at any depth. */
        search?: string;
        /** @description How many to answer at most, in Keycloak’s order. */
        limit?: number;
        /** @description Where the next page starts. Take it from the Link header of the page before; do not make one up. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of groups. */
      200: {
        headers: {
          /**
           * @description RFC 8288: the address of the next page as `rel="next"`; absent on the last page.
           * @example </v1/awe/admin/keycloak/groups?cursor=MDE5N2IxYTI>; rel="next"
           */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DirectoryGroupOut'][];
        };
      };
    };
  };
}
