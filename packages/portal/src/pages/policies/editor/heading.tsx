import type { PolicyOut } from '@awe/contract/policies';
import { Anchor } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../../strings/t.ts';
import css from './editor.module.css';
import { savingOf } from './use-saving.ts';

const words = t.policyEditor;

/** What the page is called, and what it does. */
export function headingOf(base: PolicyOut | null): { title: string; lead: string } {
  if (base === null) return { title: words.titleNew, lead: words.lead.create };
  const { policy_key, version } = base;
  return savingOf(base) === 'edit'
    ? { title: words.titleEdit(policy_key, version), lead: words.lead.edit }
    : { title: words.titleNext(policy_key), lead: words.lead.next(version) };
}

/** The way back: to the policy, or to all of them. */
export function Above({ policyKey }: { policyKey: string | null }): ReactNode {
  const icon = <IconChevronLeft size={16} aria-hidden />;
  return policyKey === null ? (
    <Anchor component={Link} to="/policies" size="sm" className={css.back ?? ''}>
      {icon} {words.back}
    </Anchor>
  ) : (
    <Anchor
      size="sm"
      className={css.back ?? ''}
      renderRoot={(props) => <Link to="/policies/$policyKey" params={{ policyKey }} {...props} />}
    >
      {icon} {policyKey}
    </Anchor>
  );
}
