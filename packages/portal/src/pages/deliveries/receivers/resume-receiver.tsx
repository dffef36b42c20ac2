import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { say } from '../../../blocks/notify.ts';
import { t } from '../../../strings/t.ts';
import { REFRESHES } from './refreshes.ts';

const words = t.deliveries.receivers;

/** What has waited goes out at once, so nobody is asked twice. */
export function ResumeReceiver({ receiver }: { receiver: string }): ReactNode {
  const resume = useChange('resumeReceiver', {
    refreshes: REFRESHES,
    onDone: () => say(words.resumed(receiver)),
  });
  return (
    <>
      <Button
        size="xs"
        aria-label={words.resumeOf(receiver)}
        loading={resume.isPending}
        onClick={() => resume.mutate({ body: { receiver } })}
      >
        {words.resume}
      </Button>
      <FailureNotice failure={resume.error} />
    </>
  );
}
