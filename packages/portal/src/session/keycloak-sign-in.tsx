import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FailureNotice } from '../blocks/failure-notice.tsx';
import { t } from '../strings/t.ts';
import type { Identity } from './identity.ts';

/** Leaves for the identity provider, and comes back to this address. */
export function KeycloakSignIn({ identity }: { identity: Identity }): ReactNode {
  const [isLeaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const signIn = () => {
    setLeaving(true);
    identity.signIn(location.pathname + location.search).catch((error: unknown) => {
      setLeaving(false);
      setFailure(error);
    });
  };
  return (
    <Stack>
      <Text fw={600}>{t.session.welcome}</Text>
      <Text c="dimmed" size="sm">
        {t.session.keycloak}
      </Text>
      <FailureNotice failure={failure} />
      <Button size="md" onClick={signIn} loading={isLeaving}>
        {t.session.signIn}
      </Button>
    </Stack>
  );
}
