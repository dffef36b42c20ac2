import { ActionIcon, Button, Checkbox, NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../../strings/t.ts';
import { emptyRule, type RuleDraft } from '../draft/draft.ts';
import { Remarks, useFinding } from '../draft/finding-fields.tsx';
import css from '../editor.module.css';
import { Choice } from '../stages/choice.tsx';
import { emptyValue } from './empty-value.ts';
import { RuleValue } from './rule-value.tsx';

const words = t.policyEditor.rules;
const TYPES = Object.entries(words.types).map(([value, label]) => ({ value, label }));

/** Ways to find people, in order; `place` is that of the list in the document. */
export function Rules({
  rules,
  place,
  onChange,
}: {
  rules: readonly RuleDraft[];
  place: string;
  onChange: (rules: RuleDraft[]) => void;
}): ReactNode {
  const change = (id: string, to: Partial<RuleDraft>) =>
    onChange(rules.map((rule) => (rule.id === id ? { ...rule, ...to } : rule)));
  return (
    <>
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <ol className={css.rules}>
          {rules.map((rule, at) => (
            <li key={rule.id} aria-label={words.item(at + 1)}>
              <Rule
                rule={rule}
                place={`${place}[${at}]`}
                onChange={(to) => change(rule.id, to)}
                remove={
                  <ActionIcon
                    className={css.removeRule ?? ''}
                    aria-label={words.remove(at + 1)}
                    onClick={() => onChange(rules.filter(({ id }) => id !== rule.id))}
                  >
                    <IconX size={16} aria-hidden />
                  </ActionIcon>
                }
              />
            </li>
          ))}
        </ol>
      )}
      <Remarks place={place} faults />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        data-place={place}
        onClick={() => onChange([...rules, emptyRule()])}
      >
        {words.add}
      </Button>
    </>
  );
}

function Rule({
  rule,
  place,
  onChange,
  remove,
}: {
  rule: RuleDraft;
  place: string;
  onChange: (to: Partial<RuleDraft>) => void;
  remove: ReactNode;
}): ReactNode {
  const required = useFinding(`${place}.required`);
  return (
    <div className={css.rule}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NativeSelect
          label={words.type}
          data={TYPES}
          value={rule.rule_type}
          onChange={({ currentTarget }) => {
            const rule_type = currentTarget.value as RuleDraft['rule_type'];
            onChange({ rule_type, rule_value: emptyValue(rule_type) });
          }}
          {...useFinding(`${place}.rule_type`)}
        />
        <Choice
          label={words.part}
          words={words.parts}
          value={rule.kind}
          place={`${place}.kind`}
          onChange={(kind) => onChange({ kind, required: kind === 'approver' && rule.required })}
        />
      </SimpleGrid>
      <RuleValue
        rule={rule}
        place={`${place}.rule_value`}
        onChange={(rule_value) => onChange({ rule_value })}
      />
      {(rule.kind === 'approver' || rule.required) && (
        <Checkbox
          label={words.required}
          checked={rule.required}
          onChange={({ currentTarget }) => onChange({ required: currentTarget.checked })}
          {...required}
        />
      )}
      {remove}
    </div>
  );
}
