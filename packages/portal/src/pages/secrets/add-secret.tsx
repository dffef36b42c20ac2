import type { SecretValueOut } from '@awe/contract/secrets';
import { Button, Group, Modal, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { fieldFaults } from '../../api/failure.ts';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { t } from '../../strings/t.ts';

const words = t.secrets.create;
/** The shortest value that the service takes. */
const SHORTEST = 16;

/** A dialog that makes a secret; `onMade` is given its value, which nobody can read again. */
export function AddSecret({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (secret: SecretValueOut) => void;
}): ReactNode {
  const [name, setName] = useState('');
  const [isOwn, setOwn] = useState(false);
  const [value, setValue] = useState('');
  const [faults, setFaults] = useState<{ name?: string; secret?: string }>({});
  const add = useChange('createSecret', { refreshes: ['listSecrets'], onDone: ({ data }) => onMade(data) });
  const told: Record<string, string | undefined> = { ...fieldFaults(add.error), ...faults };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = {
      ...(name.trim() === '' && { name: words.nameMissing }),
      ...(isOwn && value.length < SHORTEST && { secret: words.valueShort }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    add.mutate({ body: { name: name.trim(), ...(isOwn && { secret: value }) } });
  };
  return (
    <Modal opened onClose={onClose} title={words.title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            required
            data-autofocus
            label={words.name}
            description={words.nameHint}
            maxLength={128}
            value={name}
            error={told.name ?? null}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Switch
            label={words.own}
            description={words.ownHint}
            checked={isOwn}
            onChange={({ currentTarget }) => setOwn(currentTarget.checked)}
          />
          {isOwn && (
            <PasswordInput
              required
              label={words.value}
              description={words.valueHint}
              autoComplete="off"
              maxLength={512}
              value={value}
              error={told.secret ?? null}
              onChange={({ currentTarget }) => setValue(currentTarget.value)}
            />
          )}
          <FailureNotice failure={add.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.blocks.cancel}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
