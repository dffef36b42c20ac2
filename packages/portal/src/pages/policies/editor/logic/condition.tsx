import type { JsonObject, JsonValue } from '@awe/engine/policy';
import { SegmentedControl, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../../../../strings/t.ts';
import { Remarks } from '../draft/finding-fields.tsx';
import css from './condition.module.css';
import { ConditionLines } from './condition-lines.tsx';
import { emptyQuery, queryOf } from './query.ts';
import { RawLogic } from './raw-logic.tsx';

const words = t.policyEditor.logic;

/** JSONLogic in words where words can say it, and as JSON where somebody wants it so or it takes more than words. */
export function Condition({
  logic,
  onChange,
  place,
}: {
  logic: JsonObject;
  /** Null when nothing is left of it. */
  onChange: (logic: JsonObject | null) => void;
  place: string;
}): ReactNode {
  const query = queryOf(logic);
  // Each stays as it was chosen: lines do not turn into JSON while somebody is in the middle of one.
  const [isRaw, setRaw] = useState(query === null);
  const [problem, setProblem] = useState<string | null>(null);
  const typed = (value: JsonValue) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    setProblem(isObject ? null : words.notObject);
    if (isObject) onChange(value);
  };
  return (
    <div className={css.condition}>
      <SegmentedControl
        size="xs"
        aria-label={words.form}
        data={[
          { value: 'words', label: words.builder, disabled: query === null },
          { value: 'raw', label: words.raw },
        ]}
        value={isRaw ? 'raw' : 'words'}
        onChange={(form) => setRaw(form === 'raw')}
      />
      {isRaw ? (
        <>
          {query === null && (
            <Text size="sm" c="dimmed">
              {words.rawOnly}
            </Text>
          )}
          <RawLogic logic={logic} onChange={typed} place={place} />
          {problem !== null && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {problem}
            </Text>
          )}
        </>
      ) : (
        <section data-place={place} tabIndex={-1} aria-label={words.form}>
          <ConditionLines query={query ?? emptyQuery()} onChange={onChange} />
        </section>
      )}
      <Remarks place={place} faults deep />
    </div>
  );
}
