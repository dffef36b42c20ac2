import { ERROR_CODES, type ErrorCode } from '@awe/contract/errors';
import { type Operation, refusalsOf } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';

/** The table of operations as the client needs it at run time, and the wire types of each by its short name. */
export function operationsText(): string {
  const rows = OPERATION_LIST.map(([name, operation]) => `${name}: ${JSON.stringify(row(operation))},`);
  const types = OPERATION_LIST.map(([name, { operationId }]) => `${name}: operations['${operationId}'];`);
  return `import type { operations } from './openapi.ts';

/** How each operation is called, and the error codes that it may answer with their statuses. */
export const OPERATION_TABLE = {
${rows.join('\n')}
} as const;

/** What each operation takes and answers on the wire. */
export type OperationTypes = {
${types.join('\n')}
};

/** Every error code of the service. */
export const ERROR_CODES = ${JSON.stringify(ERROR_CODES)} as const;
`;
}

function row(operation: Operation) {
  return {
    method: operation.method,
    path: operation.path,
    paged: Boolean(operation.success.headers?.Link),
    keyed: Boolean(operation.headers && Object.hasOwn(operation.headers.properties, 'Idempotency-Key')),
    lines: operation.success.mediaType === 'application/x-ndjson',
    errors: statusesByCode(operation),
  };
}

function statusesByCode(operation: Operation): Partial<Record<ErrorCode, number[]>> {
  const pairs = ERROR_CODES.map((code): [ErrorCode, number[]] => [
    code,
    [...new Set(refusalsOf(operation).flatMap((each) => (each.code === code ? each.status : [])))],
  ]);
  return Object.fromEntries(pairs.filter(([, statuses]) => statuses.length > 0));
}
