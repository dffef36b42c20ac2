import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function OverviewPage(): ReactNode {
  return <PageHeader title={t.overview.title} lead={t.overview.lead} />;
}
