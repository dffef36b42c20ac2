import type { JsonValue } from '@awe/engine/policy';
import { NativeSelect, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../../../../strings/t.ts';
import { Remarks, useFinding } from '../draft/finding-fields.tsx';
import { Condition } from './condition.tsx';
import { type Expression, expressionLogic, expressionOf } from './expression.ts';
import { emptyCondition } from './query.ts';
import { RawLogic } from './raw-logic.tsx';

const words = t.policyEditor.expression;
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));

/** Whom an expression names: a field, one of two lists of people, or any JSONLogic. */
export function ExpressionField({
  logic,
  onChange,
  place,
}: {
  logic: JsonValue;
  onChange: (logic: JsonValue) => void;
  place: string;
}): ReactNode {
  const [wantsRaw, setWantsRaw] = useState(false);
  const read = expressionOf(logic);
  const expression: Expression = wantsRaw ? { kind: 'raw', logic } : read;
  const choose = (kind: Expression['kind']) => {
    setWantsRaw(kind === 'raw');
    if (kind !== 'raw' && kind !== read.kind) onChange(expressionLogic(beginning(kind)));
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={words.form}
        data={KINDS}
        value={expression.kind}
        onChange={({ currentTarget }) => choose(currentTarget.value as Expression['kind'])}
      />
      {expression.kind === 'field' && (
        <FieldName
          value={expression.field}
          place={place}
          onChange={(field) => onChange(expressionLogic({ kind: 'field', field }))}
        />
      )}
      {expression.kind === 'choice' && (
        <Choice expression={expression} place={place} onChange={(next) => onChange(expressionLogic(next))} />
      )}
      {expression.kind === 'raw' && (
        <>
          <RawLogic
            logic={logic}
            place={place}
            onChange={(typed) => {
              setWantsRaw(true);
              onChange(typed);
            }}
          />
          <Remarks place={place} faults deep />
        </>
      )}
    </Stack>
  );
}

function FieldName({
  value,
  place,
  onChange,
}: {
  value: string;
  place: string;
  onChange: (field: string) => void;
}): ReactNode {
  return (
    <TextInput
      label={words.field}
      placeholder={words.fieldHint}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...useFinding(place)}
    />
  );
}

type ChoiceOf = Extract<Expression, { kind: 'choice' }>;

function Choice({
  expression,
  place,
  onChange,
}: {
  expression: ChoiceOf;
  place: string;
  onChange: (expression: ChoiceOf) => void;
}): ReactNode {
  return (
    <>
      <Text size="sm" fw={600}>
        {words.if}
      </Text>
      <Condition
        logic={expression.condition}
        place={place}
        onChange={(condition) => onChange({ ...expression, condition: condition ?? emptyCondition() })}
      />
      <TagsInput
        label={words.chosen}
        description={words.peopleHint}
        value={expression.people}
        onChange={(people) => onChange({ ...expression, people })}
      />
      <TagsInput
        label={words.otherwise}
        description={words.peopleHint}
        value={expression.otherwise}
        onChange={(otherwise) => onChange({ ...expression, otherwise })}
      />
    </>
  );
}

function beginning(kind: 'field' | 'choice'): Expression {
  return kind === 'field'
    ? { kind, field: '' }
    : { kind, condition: emptyCondition(), people: [], otherwise: [] };
}
