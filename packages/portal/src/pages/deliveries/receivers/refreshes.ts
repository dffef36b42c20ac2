import type { OperationName } from '@awe/contract/operations';

/** What is read anew when a receiver is paused or resumed. */
export const REFRESHES: readonly OperationName[] = ['listReceivers', 'listDeliveries', 'getOverview'];
