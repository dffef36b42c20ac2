import type { SecretOut, SecretValueOut } from '@awe/contract/secrets';
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { inWords } from '../../blocks/moment.tsx';
import { useNow } from '../../blocks/use-now.ts';
import { t } from '../../strings/t.ts';
import { useIsChanging } from './use-is-changing.ts';

const words = t.secrets.rotate;
const USUAL_HOURS = '24';
const MOST_HOURS = 8_760;
const HOUR_MS = 3_600_000;

/** A dialog that gives a secret a new value, and says what signs meanwhile. */
export function RotateSecret({
  secret,
  onClose,
  onMade,
}: {
  secret: SecretOut;
  onClose: () => void;
  onMade: (secret: SecretValueOut) => void;
}): ReactNode {
  const { id, name } = secret;
  const now = useNow();
  const isChanging = useIsChanging(secret);
  const [typed, setTyped] = useState(USUAL_HOURS);
  const rotate = useChange('rotateSecret', {
    refreshes: ['listSecrets'],
    onDone: ({ data }) => onMade(data),
  });
  const hours = Number(typed);
  const isValid = typed.trim() !== '' && hours >= 0 && hours <= MOST_HOURS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) rotate.mutate({ params: { secret_id: id }, body: { effective_in_hours: hours } });
  };
  return (
    <Modal opened onClose={onClose} title={words.title(name)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {isChanging && <Alert color="yellow">{words.replaces}</Alert>}
          <TextInput
            data-autofocus
            type="number"
            min={0}
            max={MOST_HOURS}
            step="any"
            label={words.hours}
            value={typed}
            error={isValid ? null : words.hoursBad}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {isValid && (
            <Text aria-live="polite">
              {hours === 0
                ? words.atOnce
                : words.overlap(inWords(new Date(now + hours * HOUR_MS).toISOString()))}
            </Text>
          )}
          <FailureNotice failure={rotate.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.blocks.cancel}
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
