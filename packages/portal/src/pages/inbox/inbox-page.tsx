import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function InboxPage(): ReactNode {
  return <PageHeader title={t.inbox.title} lead={t.inbox.lead} />;
}
