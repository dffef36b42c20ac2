import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function PolicyPage(): ReactNode {
  return <PageHeader title={t.policies.title} lead={t.policies.lead} />;
}
