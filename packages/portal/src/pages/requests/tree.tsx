import type { JsonObject, JsonValue } from '@awe/engine/policy';
import type { ReactNode } from 'react';
import { LOCALE, t } from '../../strings/t.ts';
import css from './context.module.css';

const words = t.requests.context;
/** Of one object or list; the raw JSON has the rest. */
const MOST_ENTRIES = 100;
/** Deeper ones are closed at first. */
const OPEN_DEPTH = 2;

/** A JSON object as names and values, what is inside of it folded. */
export function Tree({ value, depth = 0 }: { value: JsonObject | JsonValue[]; depth?: number }): ReactNode {
  const entries = Object.entries(value);
  return (
    <dl className={css.tree}>
      {entries.slice(0, MOST_ENTRIES).map(([name, each]) => (
        <Entry
          key={name}
          name={Array.isArray(value) ? String(Number(name) + 1) : name}
          value={each}
          depth={depth}
        />
      ))}
      {entries.length > MOST_ENTRIES && (
        <div className={css.entry}>
          <dt>…</dt>
          <dd>{words.more(entries.length - MOST_ENTRIES)}</dd>
        </div>
      )}
    </dl>
  );
}

function Entry({ name, value, depth }: { name: string; value: JsonValue; depth: number }): ReactNode {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const count = Object.keys(value).length;
    return (
      <div className={`${css.entry} ${css.nested}`}>
        <dt hidden>{name}</dt>
        <dd>
          <details open={depth < OPEN_DEPTH}>
            <summary className={css.summary}>
              {name}{' '}
              <span className={css.count}>
                {Array.isArray(value) ? words.entries(count) : words.fields(count)}
              </span>
            </summary>
            <Tree value={value} depth={depth + 1} />
          </details>
        </dd>
      </div>
    );
  }
  return (
    <div className={css.entry}>
      <dt>{name}</dt>
      <dd>{plain(value)}</dd>
    </div>
  );
}

function plain(value: JsonValue): string {
  if (value === null || typeof value === 'object') return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'number' ? value.toLocaleString(LOCALE, { maximumFractionDigits: 20 }) : value;
}
