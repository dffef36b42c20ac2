import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../../strings/t.ts';

const words = t.policyEditor.leaving;

/** Asks before somebody leaves the page while `isOn` says that something is unsaved. */
export function Leaving({ isOn }: { isOn: () => boolean }): ReactNode {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isOn(),
    enableBeforeUnload: isOn,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <Modal opened={isAsking} onClose={() => blocker.reset?.()} title={words.title}>
      <Stack>
        <Text>{words.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {words.leave}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {words.stay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
