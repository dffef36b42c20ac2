import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NothingHere } from '../blocks/nothing-here.tsx';
import { PageHeader } from '../blocks/page-header.tsx';
import { Sheet } from '../blocks/sheet.tsx';
import { t } from '../strings/t.ts';

/** At an address that no page has. */
export function NotFound(): ReactNode {
  return (
    <>
      <PageHeader title={t.shell.notFound.title} />
      <Sheet>
        <NothingHere
          icon={<IconMapQuestion size={26} stroke={1.6} />}
          title={t.shell.notFound.title}
          text={t.shell.notFound.text}
          action={
            <Button component={Link} to="/">
              {t.shell.notFound.home}
            </Button>
          }
        />
      </Sheet>
    </>
  );
}
