import { type Action, isPending } from '@awe/engine/approval';
import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { usePrincipal } from '../../session/session.ts';
import { t } from '../../strings/t.ts';
import { Decide } from './decide.tsx';
import { Due } from './due.tsx';
import css from './own-tasks.module.css';
import type { Seat, StageView } from './told-approval.ts';

const words = t.requests.own;

/** What the viewer is asked on this request, before everything else. */
export function OwnTasks({ stages }: { stages: readonly StageView[] }): ReactNode {
  const { id } = usePrincipal();
  return stages
    .filter(({ progress }) => progress.status === 'open')
    .flatMap((view) =>
      view.seats
        .filter((seat) => seat.assignee === id && isPending(seat))
        .map((seat) => <OwnTask key={seat.id} view={view} seat={seat} />),
    );
}

function OwnTask({ view, seat }: { view: StageView; seat: Seat }): ReactNode {
  const [action, setAction] = useState<Action | null>(null);
  const title = seat.kind === 'observer' ? words.observer : words.title;
  return (
    <section className={css.own}>
      <h2 className={css.title}>{title(view.stage.name)}</h2>
      <Due seat={seat} />
      <Group gap="xs">
        <Button onClick={() => setAction('approve')}>{words.approve}</Button>
        <Button variant="default" onClick={() => setAction('reject')}>
          {words.reject}
        </Button>
        <Button variant="default" onClick={() => setAction('abstain')}>
          {words.abstain}
        </Button>
      </Group>
      {action && <Decide view={view} seat={seat} first={action} onClose={() => setAction(null)} />}
    </section>
  );
}
