import { Button, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useChange } from '../../api/use-change.ts';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';
import { ActionDialog } from './action-dialog.tsx';
import { TOUCHED } from './touched.ts';

const words = t.requests.withdraw;

/** Cancels a request, with a reason. Not called cancelling: that is what leaving a dialog is called. */
export function Withdraw({ requestId }: { requestId: string }): ReactNode {
  const [isOpen, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const cancel = useChange('cancelRequest', {
    refreshes: TOUCHED,
    onDone: () => {
      say(words.done);
      dialog.close();
    },
  });
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {words.open}
      </Button>
      <ActionDialog
        isOpen={isOpen}
        onClose={dialog.close}
        title={words.title}
        submit={words.open}
        isGrave
        change={cancel}
        onSubmit={() =>
          cancel.mutate({ params: { request_id: requestId }, body: { reason: reason.trim() || null } })
        }
      >
        <Text>{words.text}</Text>
        <Textarea
          data-autofocus
          label={words.reason}
          description={words.reasonHint}
          autosize
          minRows={2}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </ActionDialog>
    </>
  );
}
