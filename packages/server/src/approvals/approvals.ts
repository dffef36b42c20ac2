import type { Action, ApprovalRequest, Decision, Task } from '@awe/engine/approval';

import type { JsonObject } from '@awe/engine/policy';
import type { Doer } from '../audit/admin.ts';
import type { Audited } from './run-command.ts';

/**
 * What a caller asks for when it creates a request. `idempotency` is its Idempotency-Key, and the body as it was sent,
 * with whatever nobody here knows: the same key stands for the same body, not for what became of it.
 */
export type NewRequest = {
  policy_key: string;
  artifact_type: string;
  artifact_id: string;
  context: JsonObject;
  callback_url: string | null;
  callback_secret_id: string | null;
  requester: string | null;
  idempotency: { key: string; body: unknown } | null;
};

/** A created request. `body` is the JSON text of the 201, which a repeated Idempotency-Key replays byte for byte. */
export type Created = { requestId: string; body: string; replayed: boolean };

/**
 * The use cases on approvals. Each loads, lets the engine decide and commits, again when somebody else was faster.
 * Refusals are thrown as `AweError`.
 */
export type Approvals = {
  create: (subject: string, request: NewRequest) => Promise<Created>;
  claim: (taskId: string, by: Doer) => Promise<Task>;
  decide: (
    taskId: string,
    by: Doer,
    decision: { action: Action; comment: string | null; attachments_ref: string | null },
  ) => Promise<Decision>;
  cancel: (
    requestId: string,
    by: Doer,
    why: { reason: string | null; requested_by: string | null },
  ) => Promise<ApprovalRequest>;
  reassign: (taskId: string, by: Doer, to: { new_assignee: string; reason: string | null }) => Promise<Task>;
  /**
   * Lets time act on one request. Returns whether anything changed. `force` retries failed look-ups now; `audited` when
   * it is an admin who wants that.
   */
  tick: (requestId: string, force?: boolean, audited?: Audited) => Promise<boolean>;
};
