import { ACTIONS, type Action } from '@awe/engine/approval';
import { Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../api/use-change.ts';
import { say } from '../../blocks/notify.ts';
import { useMay } from '../../session/may.tsx';
import { usePrincipal } from '../../session/session.ts';
import { t } from '../../strings/t.ts';
import { ActionDialog } from './action-dialog.tsx';
import { Choice } from './choice.tsx';
import { afterVote } from './tally.ts';
import type { Seat, StageView } from './told-approval.ts';
import { TOUCHED } from './touched.ts';
import { Warning } from './warning.tsx';

const words = t.requests.decide;
const CHOICES = ACTIONS.map((value) => ({ value, label: words.submit[value] }));

/** A decision on one task, with what comes of it; says plainly when it is made for somebody else. */
export function Decide({
  view,
  seat,
  first = 'approve',
  onClose,
}: {
  view: StageView;
  seat: Seat;
  /** What is chosen when it opens. */
  first?: Action;
  onClose: () => void;
}): ReactNode {
  const { id: own } = usePrincipal();
  const [action, setAction] = useState<Action>(first);
  const [comment, setComment] = useState('');
  const decide = useChange('decide', {
    refreshes: TOUCHED,
    onDone: () => {
      say(words.done);
      onClose();
    },
  });
  const isBehalf = seat.assignee !== own;
  const isPolicyKnown = useMay('getVersion');
  const after =
    seat.kind === 'observer' ? 'observer' : (afterVote(view, seat, action, isPolicyKnown) ?? 'unsure');
  return (
    <ActionDialog
      isOpen
      onClose={onClose}
      title={isBehalf ? words.behalfTitle(seat.assignee) : words.title(view.stage.name)}
      submit={words.submit[action]}
      isGrave={action === 'reject'}
      change={decide}
      onSubmit={() =>
        decide.mutate({ params: { task_id: seat.id }, body: { action, comment: comment.trim() || null } })
      }
    >
      {isBehalf && <Warning tone="wait">{words.behalf(seat.assignee)}</Warning>}
      <Choice isWide label={words.decision} choices={CHOICES} value={action} onChange={setAction} />
      <Textarea
        data-autofocus
        label={words.comment}
        description={words.commentHint}
        autosize
        minRows={3}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {words.after[after]}
      </Text>
    </ActionDialog>
  );
}
