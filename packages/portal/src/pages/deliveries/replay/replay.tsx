import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../strings/t.ts';
import { ReplayForm } from './replay-form.tsx';

const words = t.deliveries.replay;

/** A button and a dialog that send what was sent before once more; `receiver` is offered to begin with. */
export function Replay({ receiver }: { receiver: string | undefined }): ReactNode {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconRepeat size={18} aria-hidden />} onClick={dialog.open}>
        {words.open}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={words.title} size="lg">
        {isOpen && <ReplayForm receiver={receiver ?? ''} onClose={dialog.close} />}
      </Modal>
    </>
  );
}
