import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { t } from '../../strings/t.ts';

/** A form in a dialog that does one thing to a request; what was typed stays when it fails. */
export function ActionDialog({
  isOpen,
  onClose,
  title,
  submit,
  isGrave = false,
  change,
  onSubmit,
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  submit: string;
  /** It cannot be undone, or goes against somebody. */
  isGrave?: boolean;
  change: { error: Error | null; isPending: boolean };
  onSubmit: () => void;
  children: ReactNode;
}): ReactNode {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeOnClickOutside={!change.isPending}>
      <form onSubmit={send} noValidate>
        <Stack>
          {children}
          <FailureNotice failure={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={change.isPending}>
              {t.blocks.cancel}
            </Button>
            <Button type="submit" loading={change.isPending} {...(isGrave && { color: 'red.8' })}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
