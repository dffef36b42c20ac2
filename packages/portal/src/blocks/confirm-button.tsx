import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../strings/t.ts';
import { FailureNotice } from './failure-notice.tsx';

/**
 * A button for what cannot be undone: it asks first. The dialog stays open while `onConfirm` is under way, shows its
 * failure, and closes when it resolves. `label` names the button where its text alone does not say enough.
 */
export function ConfirmButton({
  children,
  label,
  title,
  text,
  onConfirm,
  ...button
}: {
  children: ReactNode;
  label?: string;
  title: string;
  text: ReactNode;
  onConfirm: () => Promise<unknown>;
} & ButtonProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const open = () => {
    setFailure(null);
    setOpen(true);
  };
  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="default"
        {...button}
        onClick={open}
        {...(label !== undefined && { 'aria-label': label })}
      >
        {children}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={title} closeOnClickOutside={!isBusy}>
        <Stack>
          <Text component="div">{text}</Text>
          <FailureNotice failure={failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)} disabled={isBusy} data-autofocus>
              {t.blocks.cancel}
            </Button>
            <Button color="red.8" onClick={confirm} loading={isBusy}>
              {children}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
