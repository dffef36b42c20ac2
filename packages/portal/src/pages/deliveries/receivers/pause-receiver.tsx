import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { say } from '../../../blocks/notify.ts';
import { t } from '../../../strings/t.ts';
import { REFRESHES } from './refreshes.ts';

const words = t.deliveries.receivers;

/** A dialog that pauses `receiver`; empty: one that is typed; null: it is closed. */
export function PauseReceiver({
  receiver,
  onClose,
}: {
  receiver: string | null;
  onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={receiver !== null} onClose={onClose} title={words.pauseTitle} size="lg">
      {receiver !== null && <Form receiver={receiver} onClose={onClose} />}
    </Modal>
  );
}

function Form({ receiver, onClose }: { receiver: string; onClose: () => void }): ReactNode {
  const [name, setName] = useState(receiver);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const pause = useChange('pauseReceiver', {
    refreshes: REFRESHES,
    onDone: ({ data }) => {
      say(words.paused(data.receiver));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = name.trim();
    setMissing(named === '');
    if (named !== '') pause.mutate({ body: { receiver: named, reason: reason.trim() || null } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{words.pauseText}</Text>
        <TextInput
          required
          label={words.receiver}
          description={words.receiverHint}
          value={name}
          readOnly={receiver !== ''}
          error={isMissing && words.missing}
          data-autofocus={receiver === '' || undefined}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Textarea
          label={words.reason}
          description={words.reasonHint}
          autosize
          minRows={2}
          value={reason}
          data-autofocus={receiver !== '' || undefined}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <FailureNotice failure={pause.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.blocks.cancel}
          </Button>
          <Button type="submit" loading={pause.isPending}>
            {words.pause}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
