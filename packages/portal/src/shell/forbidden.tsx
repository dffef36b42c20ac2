import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link, Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NothingHere } from '../blocks/nothing-here.tsx';
import { PageHeader } from '../blocks/page-header.tsx';
import { Sheet } from '../blocks/sheet.tsx';
import { t } from '../strings/t.ts';

/** In the place of a page that `role` is needed for. The front door leads to the inbox instead. */
export function Forbidden({ role }: { role: string }): ReactNode {
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (path === '/') return <Navigate to="/inbox" replace />;
  return (
    <>
      <PageHeader title={t.shell.forbidden.title} />
      <Sheet>
        <NothingHere
          icon={<IconLock size={26} stroke={1.6} />}
          title={t.shell.forbidden.title}
          text={t.shell.forbidden.text(role)}
          action={
            <Button component={Link} to="/inbox">
              {t.shell.forbidden.home}
            </Button>
          }
        />
      </Sheet>
    </>
  );
}
