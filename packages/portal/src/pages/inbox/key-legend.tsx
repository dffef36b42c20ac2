import { Kbd } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './inbox.module.css';

const words = t.inbox.keys;

/** Which keys do what here; not shown where there is no keyboard. */
export function KeyLegend(): ReactNode {
  return (
    <ul className={css.legend} aria-label={words.title}>
      {words.lines.map(({ keys, does }) => (
        <li key={does}>
          {keys.map((key) => (
            <Kbd key={key} size="xs">
              {key}
            </Kbd>
          ))}
          {does}
        </li>
      ))}
    </ul>
  );
}
