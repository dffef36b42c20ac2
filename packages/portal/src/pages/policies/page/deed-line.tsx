import type { ReactNode } from 'react';
import { Moment } from '../../../blocks/moment.tsx';
import { PersonName } from '../../../blocks/person-name.tsx';

/** `Written 2 days ago by u-amina`. `by` null: nobody knows. */
export function DeedLine({ said, by, at }: { said?: string; by: string | null; at: string }): ReactNode {
  return (
    <span>
      {said} <Moment at={at} /> {by !== null && <PersonName id={by} />}
    </span>
  );
}
