import type { AuditOut } from '@awe/contract/audit';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './audit.module.css';
import { type Change, jsonDiff } from './json-diff.ts';
import { valueWords } from './value-words.ts';

const words = t.audit.changes;
const TONES: Readonly<Record<Change['kind'], Tone>> = { added: 'good', removed: 'bad', changed: 'info' };

/** What a deed changed, field by field; of what was made or removed, what it was. */
export function Changes({ before, after }: Pick<AuditOut, 'before' | 'after'>): ReactNode {
  const changes = jsonDiff(before ?? undefined, after ?? undefined);
  if (changes.length === 0) return <p className={css.aside}>{words.none}</p>;
  const isWhole = before === null || after === null;
  const title = before === null ? words.made : after === null ? words.removed : words.changed;
  return (
    <>
      <h2>{title}</h2>
      <table className={css.changes} aria-label={words.caption}>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            {isWhole ? (
              <th scope="col">{words.value}</th>
            ) : (
              <>
                <th scope="col">{words.before}</th>
                <th scope="col">{words.after}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path.join('.')}>
              <th scope="row">
                {change.path.join(' › ')}
                {!isWhole && <Badge tone={TONES[change.kind]}>{words.kinds[change.kind]}</Badge>}
              </th>
              {isWhole ? (
                <td data-label={words.value}>{valueWords(before === null ? change.after : change.before)}</td>
              ) : (
                <>
                  <td data-label={words.before}>
                    {change.kind !== 'added' && <del>{valueWords(change.before)}</del>}
                  </td>
                  <td data-label={words.after}>
                    {change.kind !== 'removed' && <ins>{valueWords(change.after)}</ins>}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
