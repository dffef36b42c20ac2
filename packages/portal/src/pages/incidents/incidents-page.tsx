import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function IncidentsPage(): ReactNode {
  return <PageHeader title={t.incidents.title} lead={t.incidents.lead} />;
}
