import type { ReactNode } from 'react';
import type { PolicyDiff } from './semantic-diff.ts';

/** A semantic diff side by side; `before` and `after` name the two versions. */
export function PolicyChanges(_: { diff: PolicyDiff; before: string; after: string }): ReactNode {
  return null;
}
