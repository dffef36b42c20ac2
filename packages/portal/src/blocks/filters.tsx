import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../strings/t.ts';
import css from './filters.module.css';

/** Milliseconds of silence after which what is typed counts. */
const TYPED_MS = 300;

/** The filters of a page, kept in its address, so that they can be shared and gone back to. */
export function useFilters<Search extends object>(): {
  set: (changes: Partial<Record<keyof Search, string | undefined>>) => void;
  clear: () => void;
  isFiltered: boolean;
} {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const go = (next: Record<string, unknown>) => navigate({ to: '.', search: next as never, replace: true });
  return {
    set: (changes) => {
      const all = Object.entries({ ...search, ...changes });
      void go(Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== '')));
    },
    clear: () => void go({}),
    isFiltered: Object.values(search).some((value) => value !== undefined),
  };
}

/** The row of filters above a table. */
export function Filters({
  children,
  isFiltered,
  onClear,
}: {
  children: ReactNode;
  isFiltered: boolean;
  onClear: () => void;
}): ReactNode {
  return (
    <search className={css.filters} aria-label={t.blocks.filters}>
      {children}
      {isFiltered && (
        <Button variant="subtle" onClick={onClear}>
          {t.blocks.clearFilters}
        </Button>
      )}
    </search>
  );
}

type FilterProps = {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** Counts a moment after the last key. */
export function TextFilter({
  label,
  value = '',
  onChange,
  placeholder,
}: FilterProps & { placeholder?: string }): ReactNode {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback((text: string) => onChange(text.trim() || undefined), TYPED_MS);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      className={css.field ?? ''}
      label={label}
      value={typed}
      placeholder={placeholder ?? ''}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        settle(currentTarget.value);
      }}
    />
  );
}

/** One of some values, or any. */
export function ChoiceFilter({
  label,
  value = '',
  onChange,
  choices,
}: FilterProps & { choices: readonly { value: string; label: string }[] }): ReactNode {
  return (
    <NativeSelect
      className={css.field ?? ''}
      label={label}
      value={value}
      data={[{ value: '', label: t.blocks.any }, ...choices]}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
