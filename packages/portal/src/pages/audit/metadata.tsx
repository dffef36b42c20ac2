import type { AuditOut } from '@awe/contract/audit';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './audit.module.css';
import { valueWords } from './value-words.ts';

/** What else belongs to a deed, such as the reason that was given. */
export function Metadata({ metadata }: Pick<AuditOut, 'metadata'>): ReactNode {
  const entries = Object.entries(metadata).filter(([, value]) => value !== null);
  if (entries.length === 0) return null;
  return (
    <>
      <h2>{t.audit.metadata}</h2>
      <dl className={css.metadata}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{valueWords(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
