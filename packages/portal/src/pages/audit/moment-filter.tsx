import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { inInput, momentOf } from '../../blocks/local-time.ts';
import css from './audit.module.css';

/** A moment, typed in the viewer’s zone and kept as it travels; what is no moment is as if nothing were typed. */
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
      className={css.moment ?? ''}
      type="datetime-local"
      label={label}
      value={Number.isNaN(at) ? '' : inInput(at)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : momentOf(currentTarget.value))
      }
    />
  );
}
