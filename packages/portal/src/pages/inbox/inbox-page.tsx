import type { TaskOut } from '@awe/contract/tasks';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { useWaitingTasks, type WaitingTasks } from './use-waiting-tasks.ts';
import { Workbench } from './workbench.tsx';

const words = t.inbox;

/** What waits for whoever is signed in, the most urgent first. */
export function InboxPage(): ReactNode {
  const { data, error, refetch } = useWaitingTasks();
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {error !== null && <FailureNotice failure={error} onRetry={() => void refetch()} />}
      {data ? <Waiting {...data} /> : error === null && <Loading />}
    </>
  );
}

function Waiting(waiting: WaitingTasks): ReactNode {
  // A decision that is under way keeps its dialog, also when it was about the last tasks.
  const [asked, setAsked] = useState<readonly TaskOut[]>([]);
  if (waiting.tasks.length > 0 || asked.length > 0) return <Workbench {...waiting} onAsked={setAsked} />;
  return (
    <Sheet>
      <NothingHere
        icon={<IconMoodSmile size={28} stroke={1.6} />}
        title={words.empty.title}
        text={words.empty.text}
        action={
          <Button variant="default" component={Link} to="/requests">
            {words.empty.action}
          </Button>
        }
      />
    </Sheet>
  );
}

function Loading(): ReactNode {
  return (
    <Stack gap="sm" aria-busy aria-label={t.blocks.loading} role="status">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} height="4.25rem" radius="lg" />
      ))}
    </Stack>
  );
}
