import type { JsonObject } from '@awe/engine/policy';
import { type ReactNode, useState } from 'react';
import { QueryBuilder } from 'react-querybuilder';
import css from './condition.module.css';
import { AddGroup, AddLine, Combinator, Negation, RemoveGroup } from './condition-controls.tsx';
import { ConditionLine } from './condition-line.tsx';
import { logicOf, type Query } from './query.ts';

const CONTROLS = {
  rule: ConditionLine,
  combinatorSelector: Combinator,
  notToggle: Negation,
  addRuleAction: AddLine,
  addGroupAction: AddGroup,
  removeGroupAction: RemoveGroup,
};
const CLASSES = {
  ruleGroup: css.group ?? '',
  header: css.header ?? '',
  body: css.body ?? '',
};
/** The library wants to know every field; a request may carry any. */
const FIELDS = [{ name: '', label: '' }];

/** A condition as lines; it goes its own way from `query` on, and tells its logic after each change. */
export function ConditionLines({
  query,
  onChange,
}: {
  query: Query;
  /** Null when no line is left. */
  onChange: (logic: JsonObject | null) => void;
}): ReactNode {
  const [shown, setShown] = useState(query);
  return (
    <QueryBuilder
      fields={FIELDS}
      query={shown}
      onQueryChange={(next) => {
        setShown(next);
        onChange(logicOf(next));
      }}
      controlElements={CONTROLS}
      controlClassnames={CLASSES}
      suppressStandardClassnames
      resetOnFieldChange={false}
      showNotToggle
      listsAsArrays
    />
  );
}
