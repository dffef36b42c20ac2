import type { JsonObject } from '@awe/engine/policy';
import { SimpleGrid, Text, TextInput } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { t } from '../../../../strings/t.ts';
import type { RuleDraft } from '../draft/draft.ts';
import { useFinding } from '../draft/finding-fields.tsx';
import { ClientPicker, GroupPicker, RolePicker, UserPicker } from './picker.tsx';

const words = t.policyEditor.rules;
const ExpressionField = lazy(() =>
  import('../logic/expression-field.tsx').then(({ ExpressionField }) => ({ default: ExpressionField })),
);

type RuleValueProps = {
  rule: RuleDraft;
  /** Of the value in the document: `stages[0].rules[1].rule_value`. */
  place: string;
  onChange: (value: JsonObject) => void;
};

/** What a rule looks for, by its type. Keys that the type does not know stay. */
export function RuleValue({ rule, place, onChange }: RuleValueProps): ReactNode {
  const value = rule.rule_value;
  const text = (key: string) => (typeof value[key] === 'string' ? value[key] : '');
  const field = (key: string) => ({
    value: text(key),
    place: `${place}.${key}`,
    onChange: (typed: string) => onChange({ ...value, [key]: typed }),
  });
  switch (rule.rule_type) {
    case 'user':
      return <UserPicker required label={words.user} {...field('user_id')} />;
    case 'role':
      return (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <ClientPicker
            label={words.client}
            hint={words.clientHint}
            {...field('client')}
            onChange={(client) => {
              const { client: _, ...others } = value;
              onChange(client === '' ? others : { ...others, client });
            }}
          />
          <RolePicker required label={words.role} client={text('client')} {...field('role')} />
        </SimpleGrid>
      );
    case 'group':
      return <GroupPicker required label={words.group} hint={words.groupHint} {...field('group')} />;
    case 'expression':
      return (
        <Suspense fallback={<Text size="sm">{t.blocks.loading}</Text>}>
          <ExpressionField
            logic={value.logic ?? null}
            place={`${place}.logic`}
            onChange={(logic) => onChange({ ...value, logic })}
          />
        </Suspense>
      );
    case 'http':
      return <Address {...field('url')} />;
  }
}

function Address({
  value,
  place,
  onChange,
}: {
  value: string;
  place: string;
  onChange: (url: string) => void;
}): ReactNode {
  return (
    <TextInput
      required
      type="url"
      label={words.url}
      description={words.urlHint}
      placeholder="https://"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...useFinding(place)}
    />
  );
}
