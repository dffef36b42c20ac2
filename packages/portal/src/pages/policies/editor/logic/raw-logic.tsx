import type { JsonValue } from '@awe/engine/policy';
import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../../../../strings/t.ts';

const words = t.policyEditor.logic;

/** JSONLogic as it travels. What is no JSON stays here, with why, and the last that was counts. */
export function RawLogic({
  logic,
  onChange,
  place,
}: {
  logic: JsonValue;
  onChange: (logic: JsonValue) => void;
  place: string;
}): ReactNode {
  const [text, setText] = useState(() => JSON.stringify(logic, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (typed: string) => {
    setText(typed);
    try {
      onChange(JSON.parse(typed) as JsonValue);
      setProblem(null);
    } catch (error) {
      setProblem(words.notJson((error as Error).message));
    }
  };
  return (
    <Textarea
      label={words.rawLabel}
      data-place={place}
      autosize
      minRows={3}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      error={problem}
      value={text}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
