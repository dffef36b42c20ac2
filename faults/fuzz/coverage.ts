import { errorStatuses, type Operation, refusalsOf } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';
import type { Tally } from './tally.ts';

/**
 * Why no client can provoke a documented answer in development identity, on a service that is up and not overrun; null
 * when it can.
 */
export function whyUnseen(operation: Operation, status: number): string | null {
  const { params, query, body, success, tag } = operation;
  if (tag === 'directory' && status === success.status) return 'finding people needs a Keycloak';
  if (operation.operationId.startsWith('rotate_callback_secret') && status === 409)
    return 'no default secret is configured here';
  if (tag === 'incidents' && status === 409) return 'people are past due only after hours';
  if (status === 429) return 'calls are not counted unless the operator says so';
  if (status === 500) return 'that would be a defect';
  const isUnrelatedToLoad = refusalsOf(operation).some(
    ({ status: each, code }) => each === 503 && (code === 'AWE-007' || code === 'AWE-011'),
  );
  if (status === 503 && !isUnrelatedToLoad)
    return 'only while starting, stopping, overrun, or without a database';
  const anyIdWillDo = params !== undefined && !('version' in params.properties) && !query && !body;
  if (status === 422 && anyIdWillDo) return 'an id of any shape is simply not found';
  return null;
}

/** Documented answers that a client can provoke and that were not seen: `operation status`. */
export function missingFrom(tally: Tally): string[] {
  return OPERATION_LIST.flatMap(([name, operation]) =>
    [operation.success.status, ...errorStatuses(operation)]
      .filter((status) => whyUnseen(operation, status) === null && tally.seen(name, status) === 0)
      .map((status) => `${name} ${status}`),
  );
}
