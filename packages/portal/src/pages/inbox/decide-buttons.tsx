import { Button } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import type { Action } from './use-decisions.ts';

const words = t.inbox.actions;

/** The three ways to decide; each asks before it does. */
export function DecideButtons({ onAsk }: { onAsk: (action: Action) => void }): ReactNode {
  return (
    <>
      <Button leftSection={<IconCheck size={18} aria-hidden />} onClick={() => onAsk('approve')}>
        {words.approve}
      </Button>
      <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={() => onAsk('reject')}>
        {words.reject}
      </Button>
      <Button
        variant="default"
        leftSection={<IconMinus size={18} aria-hidden />}
        onClick={() => onAsk('abstain')}
      >
        {words.abstain}
      </Button>
    </>
  );
}
