import type { ReactNode } from 'react';

/** Tries a stored version on a sample context: whom each stage would ask, what is skipped and why. */
export function Simulate(_: { policyKey: string; version: number }): ReactNode {
  return null;
}
