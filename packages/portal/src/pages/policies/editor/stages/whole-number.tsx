import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFinding } from '../draft/finding-fields.tsx';

/** A whole number, or none, at a place of the document. */
export function WholeNumber({
  label,
  hint,
  value,
  place,
  placeholder,
  onChange,
}: {
  label: string;
  hint?: string;
  value: number | null;
  place: string;
  /** What an empty field means. */
  placeholder?: string;
  onChange: (value: number | null) => void;
}): ReactNode {
  return (
    <NumberInput
      label={label}
      description={hint}
      placeholder={placeholder ?? ''}
      allowDecimal={false}
      value={value ?? ''}
      onChange={(typed) => onChange(typed === '' || typed === '-' ? null : Number(typed))}
      {...useFinding(place)}
    />
  );
}
