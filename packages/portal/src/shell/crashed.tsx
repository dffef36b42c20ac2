import { Button, Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FailureNotice } from '../blocks/failure-notice.tsx';
import { PageHeader } from '../blocks/page-header.tsx';
import { t } from '../strings/t.ts';

/** In the place of a page that threw. */
export function Crashed({ error }: ErrorComponentProps): ReactNode {
  return (
    <Stack align="flex-start">
      <PageHeader title={t.shell.crashed.title} lead={t.shell.crashed.text} />
      <FailureNotice failure={error} />
      <Button onClick={() => location.reload()}>{t.shell.crashed.reload}</Button>
    </Stack>
  );
}
