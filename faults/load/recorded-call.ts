import type { User } from '../../packages/server/demo/caller.ts';

export type Operation =
  | 'create'
  | 'claim'
  | 'decide'
  | 'cancel'
  | 'reassign'
  | 'read_request'
  | 'read_events'
  | 'read_tasks';

/** What a client is about to do. `target` is the id in the path, empty for a creation. */
export type Move = {
  operation: Operation;
  by: User;
  target: string;
  key: string | null;
  body: Record<string, unknown> | null;
};

/**
 * One call as its client saw it. `start` and `end` are milliseconds of one monotonic clock. `answer` is null when none
 * came: the connection was cut, and whether anything was done is not known; unless it was never made, and the call is not `sent`.
 */
export type RecordedCall = {
  id: number;
  operation: Operation;
  actor: string;
  target: string;
  key: string | null;
  body: Record<string, unknown> | null;
  start: number;
  end: number;
  sent: boolean;
  answer: { status: number; text: string } | null;
};

/** `acknowledged`: it was done. `refused`: nothing was done. `unknown`: nobody said, so that both must be allowed for. */
export type CallOutcome = 'acknowledged' | 'refused' | 'unknown';

/** Of the 503s only that of a database that fell is no promise that nothing was written. */
const NOT_DONE = /"errorCode":"AWE-00[57]"/;

export function outcomeOf({ answer, sent }: RecordedCall): CallOutcome {
  if (!sent) return 'refused';
  if (answer === null) return 'unknown';
  if (answer.status < 300) return 'acknowledged';
  if (answer.status < 500 || NOT_DONE.test(answer.text)) return 'refused';
  return 'unknown';
}

/** The parsed body of an answer that came. */
export function bodyOf<Body>({ answer }: RecordedCall): Body {
  return JSON.parse(answer?.text ?? 'null') as Body;
}

/** In words, for a sentence about it. */
export function describeCall(call: RecordedCall): string {
  const { id, operation, actor, target, answer } = call;
  return `call ${id} (${operation}${target === '' ? '' : ` ${target}`} by ${actor}, ${answer?.status ?? 'no answer'})`;
}
