import type { ReactNode } from 'react';
import { Json } from '../../blocks/json.tsx';
import { LOCALE, t } from '../../strings/t.ts';
import css from './task.module.css';

const words = t.inbox.pane;

/** What the owner of the artifact told about it, name by name. */
export function ContextFacts({ context }: { context: Readonly<Record<string, unknown>> }): ReactNode {
  const facts = Object.entries(context);
  if (facts.length === 0) return <p className={css.aside}>{words.noContext}</p>;
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {typeof value === 'object' && value !== null ? <Json value={value} label={name} /> : plain(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function plain(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString(LOCALE);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return value === null || value === '' ? words.none : String(value);
}
