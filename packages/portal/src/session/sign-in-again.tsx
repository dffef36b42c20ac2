import { Button, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../strings/t.ts';
import { DevelopmentSignIn } from './development-sign-in.tsx';
import type { Identity } from './identity.ts';
import { admit, signOut } from './session.ts';

/** Over the page whose session has ended, which stays as it is: what was typed, and the call that was refused. */
export function SignInAgain({ isOpen, identity }: { isOpen: boolean; identity: Identity }): ReactNode {
  const [isWaiting, setWaiting] = useState(false);
  const signIn = async () => {
    setWaiting(true);
    admit(identity, await identity.signInBeside());
    setWaiting(false);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={() => undefined}
      // Over the dialogs of the page, too.
      zIndex={1_000}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t.session.ended.title}
    >
      <Stack>
        <Text>{t.session.ended.text}</Text>
        {identity.kind === 'development' ? (
          <DevelopmentSignIn identity={identity} />
        ) : (
          <>
            <Button onClick={signIn}>{t.session.signIn}</Button>
            {isWaiting && <Text role="status">{t.session.ended.waiting}</Text>}
          </>
        )}
        <Button variant="subtle" onClick={signOut}>
          {t.shell.signOut}
        </Button>
      </Stack>
    </Modal>
  );
}
