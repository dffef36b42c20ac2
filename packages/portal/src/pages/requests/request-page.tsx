import { Anchor, Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconFileSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { RequestDetails } from './request-details.tsx';
import { useApproval } from './use-approval.ts';

const words = t.requests;
const route = getRouteApi('/requests/$requestId');

/** One request: where it stands, who has to do what, and all that happened. */
export function RequestPage(): ReactNode {
  const { requestId } = route.useParams();
  const { data, error, refetch } = useApproval(requestId);
  if (data) {
    return (
      <>
        <RequestDetails told={data} back={<Back />} />
        {error && <FailureNotice failure={error} onRetry={() => void refetch()} />}
      </>
    );
  }
  if (error instanceof ApiFailure && error.status === 404) return <Missing id={requestId} />;
  return (
    <>
      <PageHeader title={words.title} above={<Back />} />
      {error ? (
        <FailureNotice failure={error} onRetry={() => void refetch()} />
      ) : (
        <div aria-busy>
          <span role="status">{words.loading}</span>
          <Skeleton height="8rem" mt="md" />
          <Skeleton height="14rem" mt="md" />
        </div>
      )}
    </>
  );
}

function Back(): ReactNode {
  return (
    <Anchor size="sm" renderRoot={(own) => <Link to="/requests" {...own} />}>
      <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: '-0.15em' }} /> {words.back}
    </Anchor>
  );
}

function Missing({ id }: { id: string }): ReactNode {
  return (
    <>
      <PageHeader title={words.missing.title} above={<Back />} />
      <Sheet>
        <NothingHere
          icon={<IconFileSearch size={26} stroke={1.6} />}
          title={words.missing.title}
          text={words.missing.text(id)}
          action={
            <Button component={Link} to="/requests">
              {words.missing.action}
            </Button>
          }
        />
      </Sheet>
    </>
  );
}
