import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './filters.module.css';
import { inInput, momentOf } from './local-time.ts';

/** A moment in the viewer’s zone, to the minute; on the wire and in the address in UTC. One that is no moment is none. */
export function MomentFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): ReactNode {
  const at = Date.parse(value ?? '');
  return (
    <TextInput
      className={css.field ?? ''}
      type="datetime-local"
      label={label}
      value={Number.isNaN(at) ? '' : inInput(at)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : momentOf(currentTarget.value))
      }
    />
  );
}
