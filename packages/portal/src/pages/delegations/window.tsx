import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { Badge, type Tone } from '../../blocks/status-badge.tsx';
import { useNow } from '../../blocks/use-now.ts';
import { t } from '../../strings/t.ts';

type Ends = { starts_at: string; ends_at: string };
type State = 'running' | 'coming' | 'over';

const TONES: Readonly<Record<State, Tone>> = { running: 'good', coming: 'info', over: 'quiet' };

/** From when until when. */
export function Window({ starts_at, ends_at }: Ends): ReactNode {
  return (
    <Group gap={6} wrap="wrap">
      <Moment at={starts_at} show="absolute" />
      <span aria-hidden>–</span>
      <Moment at={ends_at} show="absolute" />
    </Group>
  );
}

/** Whether the window is open. */
export function WindowState({ starts_at, ends_at }: Ends): ReactNode {
  const now = useNow();
  const state: State =
    Date.parse(ends_at) <= now ? 'over' : Date.parse(starts_at) > now ? 'coming' : 'running';
  return <Badge tone={TONES[state]}>{t.delegations.states[state]}</Badge>;
}
