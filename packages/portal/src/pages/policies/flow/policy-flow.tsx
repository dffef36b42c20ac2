import type { StageIn } from '@awe/contract/policies';
import type { ReactNode } from 'react';

/** The stages and parallel groups as a picture, on a phone and for readers as an ordered list. Any order of `stages`. */
export function PolicyFlow(_: { stages: readonly StageIn[] }): ReactNode {
  return null;
}
