import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { createQueries } from './api/queries.ts';
import { router } from './router.tsx';
import { SessionGate } from './session/session-gate.tsx';
import { Look } from './theme/look.tsx';

/** The whole portal. `opening` resolves when the session is known. */
export function App({ opening }: { opening: Promise<void> }): ReactNode {
  return (
    <Look>
      <SessionGate opening={opening}>{(who) => <Pages key={who} />}</SessionGate>
    </Look>
  );
}

/** What one person has read is nothing for the next: each gets a store of their own. */
function Pages(): ReactNode {
  const queries = useMemo(createQueries, []);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
