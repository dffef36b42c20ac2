import type { Action, Approval, Decision, RequestGiven, Task } from './approval.ts';
import type { Changes } from './draft.ts';
import type { Needs } from './people.ts';

/** Who acts, and whether the role lets them act for others. */
export type Actor = { id: string; isAdmin: boolean };

export type CreateCommand = { type: 'create' } & RequestGiven;
export type ClaimCommand = { type: 'claim'; task_id: string; by: Actor };
export type DecideCommand = {
  type: 'decide';
  task_id: string;
  by: Actor;
  action: Action;
  comment: string | null;
  attachments_ref: string | null;
};
export type CancelCommand = { type: 'cancel'; by: Actor; reason: string | null; requested_by: string | null };
export type ReassignCommand = {
  type: 'reassign';
  task_id: string;
  by: Actor;
  new_assignee: string;
  reason: string | null;
};
/** Time has passed: expires due tasks, fires breaches, retries lookups that are due. `force` retries them now. */
export type TickCommand = { type: 'tick'; force: boolean };

/** A command on a request that exists. */
export type Command = ClaimCommand | DecideCommand | CancelCommand | ReassignCommand | TickCommand;

/**
 * Why a command is refused; nothing has changed. `forbidden`: not this person. `conflict`: the state forbids it.
 * `unavailable`: the people could not be looked up, which only a creation must wait for. `missing`: no such task here.
 */
export type Refusal = { code: 'forbidden' | 'conflict' | 'unavailable' | 'missing'; message: string };

export type Outcome =
  | { kind: 'needs'; needs: Needs }
  | { kind: 'refused'; refusal: Refusal }
  /** Nothing to do, as when another replica was faster; the approval is as it was. */
  | { kind: 'unchanged' }
  | { kind: 'changed'; changes: Changes; approval: Approval; task: Task | null; decision: Decision | null };

/** What one command's rules answer: people to ask about, a refusal, or null when the draft holds the result. */
export type Verdict = { kind: 'needs'; needs: Needs } | { kind: 'refused'; refusal: Refusal } | null;
