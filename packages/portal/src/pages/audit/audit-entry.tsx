import type { AuditOut } from '@awe/contract/audit';
import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { CopyText } from '../../blocks/copy-text.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { t } from '../../strings/t.ts';
import css from './audit.module.css';
import { Changes } from './changes.tsx';
import { Metadata } from './metadata.tsx';
import { ResourceLink } from './resource-link.tsx';

const words = t.audit;

/** One deed: who, what and when; below it, once asked for, what it changed. */
export function AuditEntry({ entry }: { entry: AuditOut }): ReactNode {
  const [isOpen, { toggle }] = useDisclosure(false);
  const details = useId();
  const { actor, actor_email, action, summary, occurred_at, sequence, metadata, hash } = entry;
  return (
    <li className={css.entry}>
      <UnstyledButton
        className={css.line ?? ''}
        onClick={toggle}
        aria-expanded={isOpen}
        aria-controls={details}
        aria-label={isOpen ? words.hideOf(summary) : words.showOf(summary)}
      >
        <IconChevronRight size={18} className={css.chevron} aria-hidden />
        <span className={css.what}>
          <span className={css.summary}>{summary}</span>
          <span className={css.aside}>{words.actions[action] ?? action}</span>
        </span>
      </UnstyledButton>
      <span className={css.who} title={actor_email ?? undefined}>
        <PersonName id={actor} />
      </span>
      <span className={css.when}>
        <Moment at={occurred_at} />
      </span>
      <div id={details} hidden={!isOpen} className={css.details}>
        {isOpen && (
          <>
            <Changes {...entry} />
            <Metadata metadata={metadata} />
            <footer className={css.foot}>
              <ResourceLink entry={entry} />
              <span className={css.aside}>{words.number(sequence)}</span>
              <span className={`${css.aside} ${css.fact}`}>
                {words.link} <code>{hash.slice(0, 12)}…</code> <CopyText text={hash} what={words.link} />
              </span>
            </footer>
          </>
        )}
      </div>
    </li>
  );
}
