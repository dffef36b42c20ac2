import { Button, CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../../strings/t.ts';
import css from '../editor.module.css';

const words = t.policyEditor.stages;

/** Says that a stage is gone, and takes it back. */
export function Removed({
  name,
  onUndo,
  onDismiss,
}: {
  name: string;
  onUndo: () => void;
  onDismiss: () => void;
}): ReactNode {
  return (
    <div role="status" className={css.removed}>
      <span>{words.removed(name.trim() || words.unnamed)}</span>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        {words.undo}
      </Button>
      <CloseButton size="sm" aria-label={t.blocks.close} onClick={onDismiss} />
    </div>
  );
}
