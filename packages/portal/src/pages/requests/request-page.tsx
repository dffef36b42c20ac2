import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function RequestPage(): ReactNode {
  return <PageHeader title={t.requests.title} lead={t.requests.lead} />;
}
