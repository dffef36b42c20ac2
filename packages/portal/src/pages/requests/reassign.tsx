import { Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { fieldFaults } from '../../api/failure.ts';
import { useChange } from '../../api/use-change.ts';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { Seat } from './told-approval.ts';
import { TOUCHED } from './touched.ts';

const words = t.requests.reassign;

/** Gives a task to somebody else. */
export function Reassign({ seat, onClose }: { seat: Seat; onClose: () => void }): ReactNode {
  const [person, setPerson] = useState('');
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const reassign = useChange('reassignTask', {
    refreshes: TOUCHED,
    onDone: ({ data }) => {
      say(words.done(data.assignee));
      onClose();
    },
  });
  const submit = () => {
    const new_assignee = person.trim();
    setMissing(new_assignee === '');
    if (new_assignee === '') return;
    reassign.mutate({ params: { task_id: seat.id }, body: { new_assignee, reason: reason.trim() || null } });
  };
  return (
    <ActionDialog
      isOpen
      onClose={onClose}
      title={words.title(seat.assignee)}
      submit={words.submit}
      change={reassign}
      onSubmit={submit}
    >
      <Text>{words.text}</Text>
      <TextInput
        required
        data-autofocus
        label={words.person}
        placeholder={words.personHint}
        value={person}
        error={isMissing ? words.missing : (fieldFaults(reassign.error).new_assignee ?? null)}
        onChange={({ currentTarget }) => setPerson(currentTarget.value)}
      />
      <Textarea
        label={words.reason}
        description={words.reasonHint}
        autosize
        minRows={2}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ActionDialog>
  );
}
