import { ActionIcon, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { RuleProps } from 'react-querybuilder';
import { t } from '../../../../strings/t.ts';
import css from './condition.module.css';
import { asKind, kindOf, type ValueKind } from './line-value.ts';
import { isUnary, takesList } from './query.ts';

const words = t.policyEditor.logic;
const OPERATORS = Object.entries(words.operators).map(([value, label]) => ({ value, label }));
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
const TRUTHS = [
  { value: 'true', label: words.yes },
  { value: 'false', label: words.no },
];

/** One comparison: a field of the request, how, with what. */
export function ConditionLine({ rule, path, actions }: RuleProps): ReactNode {
  // An empty number is an empty text to the rest of the world.
  const [kind, setKind] = useState<ValueKind>(() => kindOf(rule.value, rule.valueSource));
  const list = takesList(rule.operator);
  const set = (value: unknown) => actions.onPropChange('value', value, path);
  const changeOperator = (operator: string) => {
    const isList = takesList(operator);
    const fits = isList && kind === 'field' ? 'text' : kind;
    actions.onPropChange('operator', operator, path);
    become(fits, isList);
  };
  const become = (next: ValueKind, isList: boolean) => {
    setKind(next);
    actions.onPropChange('valueSource', next === 'field' ? 'field' : 'value', path);
    set(asKind(rule.value, next, isList));
  };
  return (
    <div className={css.line}>
      <TextInput
        size="xs"
        aria-label={words.field}
        placeholder={words.fieldHint}
        value={rule.field}
        onChange={({ currentTarget }) => actions.onPropChange('field', currentTarget.value, path)}
      />
      <NativeSelect
        size="xs"
        aria-label={words.operator}
        data={OPERATORS}
        value={rule.operator}
        onChange={({ currentTarget }) => changeOperator(currentTarget.value)}
      />
      {!isUnary(rule.operator) && (
        <div className={css.value}>
          <NativeSelect
            size="xs"
            aria-label={words.kind}
            data={list ? KINDS.filter(({ value }) => value !== 'field') : KINDS}
            value={kind}
            onChange={({ currentTarget }) => become(currentTarget.value as ValueKind, list)}
          />
          {list ? (
            <TagsInput
              size="xs"
              aria-label={words.value}
              value={(Array.isArray(rule.value) ? rule.value : []).map(String)}
              onChange={(values) => set(asKind(values, kind, true))}
            />
          ) : (
            <Value kind={kind} value={rule.value} onChange={set} />
          )}
        </div>
      )}
      <ActionIcon
        size="sm"
        className={css.remove ?? ''}
        aria-label={words.removeRule}
        onClick={() => actions.onRuleRemove(path)}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function Value({
  kind,
  value,
  onChange,
}: {
  kind: ValueKind;
  value: unknown;
  onChange: (value: unknown) => void;
}): ReactNode {
  const shared = { size: 'xs', 'aria-label': words.value } as const;
  if (kind === 'number') {
    return <NumberInput {...shared} hideControls value={value as number | string} onChange={onChange} />;
  }
  if (kind === 'truth') {
    return (
      <NativeSelect
        {...shared}
        data={TRUTHS}
        value={String(value)}
        onChange={({ currentTarget }) => onChange(currentTarget.value === 'true')}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={String(value ?? '')}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
