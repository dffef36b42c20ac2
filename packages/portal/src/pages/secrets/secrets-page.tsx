import type { ReactNode } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';

export function SecretsPage(): ReactNode {
  return <PageHeader title={t.secrets.title} lead={t.secrets.lead} />;
}
