import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function DeliveriesPage(): ReactNode {
  return <PageHeader title={t.deliveries.title} lead={t.deliveries.lead} />;
}
