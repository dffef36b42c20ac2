import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import { DecideButtons } from './decide-buttons.tsx';
import css from './inbox.module.css';
import type { Action } from './use-decisions.ts';

const words = t.inbox.selection;

/** What to do with all that are selected; always in sight while some are. */
export function SelectionBar({
  count,
  ofAll,
  onAsk,
  onAll,
  onClear,
}: {
  count: number;
  ofAll: number;
  onAsk: (action: Action) => void;
  onAll: () => void;
  onClear: () => void;
}): ReactNode {
  if (count === 0) return null;
  return (
    <section className={css.selection} aria-label={words.label}>
      <strong aria-live="polite">{words.count(count)}</strong>
      {count < ofAll && (
        <Button variant="subtle" onClick={onAll}>
          {words.all}
        </Button>
      )}
      <Button variant="subtle" onClick={onClear}>
        {words.clear}
      </Button>
      <span className={css.deciding}>
        <DecideButtons onAsk={onAsk} />
      </span>
    </section>
  );
}
