import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';

/** Tells the others that the viewer is on it. */
export function useClaim() {
  return useChange('claimTask', {
    refreshes: ['listTasks', 'requestEvents'],
    onDone: () => say(t.inbox.claimed),
  });
}

/** The button for it; what is refused is said below. */
export function Claim({ claim, id }: { claim: ReturnType<typeof useClaim>; id: string }): ReactNode {
  const isAboutThis = claim.variables?.params.task_id === id;
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconHandStop size={18} aria-hidden />}
        loading={claim.isPending}
        onClick={() => claim.mutate({ params: { task_id: id } })}
      >
        {t.inbox.actions.claim}
      </Button>
      {isAboutThis && <FailureNotice failure={claim.error} />}
    </>
  );
}
