import type { SecretValueOut } from '@awe/contract/secrets';
import { Box, Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { inWords } from '../../blocks/moment.tsx';
import { t } from '../../strings/t.ts';
import css from './secrets.module.css';
import { useIsChanging } from './use-is-changing.ts';

const words = t.secrets.once;

/** The value of a secret, the one time it can be read: closed only by saying that it is stored. */
export function ValueOnce({ secret, onDone }: { secret: SecretValueOut; onDone: () => void }): ReactNode {
  const isLater = useIsChanging(secret);
  return (
    <Modal
      opened
      onClose={onDone}
      title={words.made(secret.name)}
      size="lg"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <Stack>
        <Text>{words.text}</Text>
        <Box component="pre" role="region" className={css.value ?? ''} aria-label={words.value} tabIndex={0}>
          {secret.secret}
        </Box>
        <Text c="dimmed">{isLater ? words.later(inWords(secret.effective_at)) : words.inForce}</Text>
        <Group justify="flex-end">
          <CopyButton value={secret.secret} timeout={4_000}>
            {({ copied, copy }) => (
              <Button
                data-autofocus
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
                }
              >
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onDone}>{words.done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
