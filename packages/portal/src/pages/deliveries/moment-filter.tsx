import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { inInput, momentOf } from '../../blocks/local-time.ts';
import css from './deliveries.module.css';

/** A moment in the viewer’s zone, to the minute; on the wire and in the address in UTC. One that is no moment is none. */
export function MomentFilter({
  label,
  value = '',
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): ReactNode {
  const at = Date.parse(value);
  return (
    <TextInput
      type="datetime-local"
      className={css.moment ?? ''}
      label={label}
      value={Number.isNaN(at) ? '' : inInput(at)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : momentOf(currentTarget.value))
      }
    />
  );
}
