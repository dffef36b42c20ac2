import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function AuditPage(): ReactNode {
  return <PageHeader title={t.audit.title} lead={t.audit.lead} />;
}
