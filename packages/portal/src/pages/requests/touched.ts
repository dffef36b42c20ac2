import type { OperationName } from '@awe/contract/operations';

/** What is read anew when something was done to a request. */
export const TOUCHED: readonly OperationName[] = [
  'getRequest',
  'searchRequests',
  'listTasks',
  'listDeliveries',
];
