import type { CancelCommand, Verdict } from './command.ts';
import { type Draft, emit, endRequest } from './draft.ts';
import { ended } from './refusal.ts';

/** Ends a request because its artifact was withdrawn. The acting subject is the token's; the body may name for whom. */
export function cancel(draft: Draft, command: CancelCommand): Verdict {
  const over = ended(draft.request);
  if (over) return over;
  endRequest(draft, 'cancelled');
  emit(draft, {
    type: 'request_cancelled',
    stageOrder: draft.request.current_stage_order || null,
    actor: command.by.id,
    payload: {
      actor: command.by.id,
      ...(command.reason === null ? {} : { reason: command.reason }),
      ...(command.requested_by === null ? {} : { requested_by: command.requested_by }),
    },
  });
  return null;
}
