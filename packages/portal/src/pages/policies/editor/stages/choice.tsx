import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFinding } from '../draft/finding-fields.tsx';

/** One of a few words, each with a label, at a place of the document. */
export function Choice<Word extends string>({
  label,
  words,
  value,
  place,
  onChange,
}: {
  label: string;
  words: Readonly<Partial<Record<Word, string>>>;
  value: Word;
  place: string;
  onChange: (word: Word) => void;
}): ReactNode {
  const data = Object.entries<string | undefined>(words).map(([word, said]) => ({
    value: word,
    label: said ?? word,
  }));
  return (
    <NativeSelect
      label={label}
      data={data}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as Word)}
      {...useFinding(place)}
    />
  );
}
