import { Loader } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { FailureNotice } from '../blocks/failure-notice.tsx';
import { t } from '../strings/t.ts';
import { DevelopmentSignIn } from './development-sign-in.tsx';
import { KeycloakSignIn } from './keycloak-sign-in.tsx';
import { useSession } from './session.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { CALLBACK_PATH } from './sign-in-paths.ts';
import { Welcome } from './welcome.tsx';

/** Shows the pages to whoever is signed in, and to everybody else a way to sign in. `children` gets who it is. */
export function SessionGate({
  opening,
  children,
}: {
  opening: Promise<void>;
  children: (who: string) => ReactNode;
}): ReactNode {
  const session = useSession();
  const failure = useFailureOf(opening);
  if (failure !== null) return <OpeningFailed failure={failure} />;
  if (session.kind === 'starting') return <Starting />;
  if (session.kind === 'out') {
    return (
      <Welcome>
        {session.identity.kind === 'development' ? (
          <DevelopmentSignIn identity={session.identity} />
        ) : (
          <KeycloakSignIn identity={session.identity} />
        )}
      </Welcome>
    );
  }
  const { principal, identity, kind } = session;
  return (
    <>
      {children(`${principal.id} ${principal.isAdmin} ${principal.isViewer}`)}
      <SignInAgain isOpen={kind === 'ended'} identity={identity} />
    </>
  );
}

function useFailureOf(opening: Promise<void>): unknown {
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    opening.catch(setFailure);
  }, [opening]);
  return failure;
}

function Starting(): ReactNode {
  return (
    <Welcome>
      <Loader aria-label={t.session.starting} />
    </Welcome>
  );
}

function OpeningFailed({ failure }: { failure: unknown }): ReactNode {
  // The answer in this address is used up; a fresh sign-in begins at the front door.
  const again = () => (location.pathname === CALLBACK_PATH ? location.assign('/') : location.reload());
  return (
    <Welcome>
      <FailureNotice failure={failure} onRetry={again} />
    </Welcome>
  );
}
