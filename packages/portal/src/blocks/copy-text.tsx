import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../strings/t.ts';

/** A button that copies `text`; `what` names it to readers: `Correlation id`. */
export function CopyText({ text, what }: { text: string; what: string }): ReactNode {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t.blocks.copied : t.blocks.copy}>
          <ActionIcon size="sm" onClick={copy} aria-label={`${t.blocks.copy}: ${what}`}>
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
