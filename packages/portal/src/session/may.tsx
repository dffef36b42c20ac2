import { OPERATION_CALLS } from 'virtual:operation-calls';
import type { OperationName } from '@awe/contract/operations';
import type { ReactNode } from 'react';
import { usePrincipal } from './session.ts';

/** Whether the role of whoever is signed in allows an operation, by the contract. Being the assignee is not asked here. */
export function useMay(name: OperationName): boolean {
  const { isAdmin, isViewer } = usePrincipal();
  const { access } = OPERATION_CALLS[name];
  return access === 'admin' ? isAdmin : access === 'viewer' ? isViewer : true;
}

/** What only those see who may call the operation: a button that would be refused is not offered. */
export function Can({ call, children }: { call: OperationName; children: ReactNode }): ReactNode {
  return useMay(call) ? children : null;
}
