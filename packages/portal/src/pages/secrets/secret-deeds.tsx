import type { SecretOut } from '@awe/contract/secrets';
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { ConfirmButton } from '../../blocks/confirm-button.tsx';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';
import css from './secrets.module.css';

const words = t.secrets;
/** The one that signs where a request names none; it can be rotated and not deleted. */
const DEFAULT = 'default';

export function isDefault({ name }: SecretOut): boolean {
  return name === DEFAULT;
}

/** What an administrator can do with a secret. */
export function SecretDeeds({ secret, onRotate }: { secret: SecretOut; onRotate: () => void }): ReactNode {
  return (
    <Group gap="xs" justify="flex-end" className={css.deeds ?? ''}>
      <Button size="xs" variant="default" onClick={onRotate} aria-label={words.rotate.openFor(secret.name)}>
        {words.rotate.open}
      </Button>
      {!isDefault(secret) && <Remove {...secret} />}
    </Group>
  );
}

function Remove({ id, name }: SecretOut): ReactNode {
  const remove = useChange('deleteSecret', {
    refreshes: ['listSecrets'],
    onDone: () => say(words.remove.done),
  });
  return (
    <ConfirmButton
      size="xs"
      label={words.remove.openFor(name)}
      title={words.remove.title(name)}
      text={
        <ul className={css.consequences}>
          {words.remove.consequences.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      }
      onConfirm={() => remove.mutateAsync({ params: { secret_id: id } })}
    >
      {words.remove.open}
    </ConfirmButton>
  );
}
