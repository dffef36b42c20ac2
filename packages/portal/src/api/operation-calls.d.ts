declare module 'virtual:operation-calls' {
  type Call = { method: string; path: string; access: 'public' | 'any' | 'viewer' | 'admin' };
  /** By operation name, from the contract’s table; the build writes it. */
  export const OPERATION_CALLS: Readonly<Record<import('@awe/contract/operations').OperationName, Call>>;
}
