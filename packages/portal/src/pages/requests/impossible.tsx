import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import { Warning } from './warning.tsx';

const words = t.requests.flow;

/** In the place of the stages when the timeline tells what no run of the engine can have written. */
export function Impossible({ why }: { why: string }): ReactNode {
  return (
    <Warning tone="bad" title={words.impossible}>
      <p>
        {words.impossibleText(why)} {t.requests.proof.advice}
      </p>
    </Warning>
  );
}
