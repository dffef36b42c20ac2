import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyText } from './copy-text.tsx';
import css from './json.module.css';

/** Any value as it travels; `label` says what it is. */
export function Json({ value, label }: { value: unknown; label: string }): ReactNode {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className={css.json}>
      {/* It scrolls, so keys must be able to reach it. */}
      <Box component="pre" role="region" className={css.text ?? ''} aria-label={label} tabIndex={0}>
        {text}
      </Box>
      <div className={css.copy}>
        <CopyText text={text} what={label} />
      </div>
    </div>
  );
}
