import type { Mode } from '@awe/engine/policy';
import { Button, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { t } from '../../../../strings/t.ts';
import type { RuleList, StageDraft } from '../draft/draft.ts';
import { Remarks, useFinding } from '../draft/finding-fields.tsx';
import css from '../editor.module.css';
import { emptyCondition } from '../logic/query.ts';
import { Rules } from '../rules/rules.tsx';
import { Choice } from './choice.tsx';
import { WholeNumber } from './whole-number.tsx';

const words = t.policyEditor.stage;
const Condition = lazy(() =>
  import('../logic/condition.tsx').then(({ Condition }) => ({ default: Condition })),
);

export type StageProps = {
  stage: StageDraft;
  /** Its place in the document, such as `stages[2]`. */
  place: string;
  onChange: (change: Partial<Omit<StageDraft, 'id'>>) => void;
};

/** Everything about a stage but its place among the others. */
export function StageFields(props: StageProps): ReactNode {
  return (
    <div className={css.fields}>
      <Name {...props} />
      <Part title={words.who}>
        <People {...props} list="rules" />
      </Part>
      <Part title={words.decision}>
        <Decision {...props} />
      </Part>
      <Part title={words.time}>
        <Time {...props} />
      </Part>
      <Part title={words.skip}>
        <Skip {...props} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className={css.part}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Name({ stage, place, onChange }: StageProps): ReactNode {
  return (
    <TextInput
      required
      label={words.name}
      value={stage.name}
      onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      {...useFinding(`${place}.name`)}
    />
  );
}

function People({ stage, place, onChange, list }: StageProps & { list: RuleList }): ReactNode {
  return (
    <Rules rules={stage[list]} place={`${place}.${list}`} onChange={(rules) => onChange({ [list]: rules })} />
  );
}

function Decision({ stage, place, onChange }: StageProps): ReactNode {
  const { quorum, ...modes } = words.modes;
  const offered: Partial<Record<Mode, string>> = stage.mode === 'quorum' ? { ...modes, quorum } : modes;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Choice
          label={words.mode}
          words={offered}
          value={stage.mode}
          place={`${place}.mode`}
          onChange={(mode) => onChange({ mode, mode_value: mode === 'all' ? null : stage.mode_value })}
        />
        {stage.mode !== 'all' && (
          <WholeNumber
            label={stage.mode === 'percentage' ? words.percent : words.count}
            placeholder={stage.mode === 'percentage' ? '100' : '1'}
            value={stage.mode_value}
            place={`${place}.mode_value`}
            onChange={(mode_value) => onChange({ mode_value })}
          />
        )}
      </SimpleGrid>
      <Remarks place={`${place}.mode_value`} faults={stage.mode === 'all'} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Choice
          label={words.onReject}
          words={words.onRejects}
          value={stage.on_reject}
          place={`${place}.on_reject`}
          onChange={(on_reject) => onChange({ on_reject })}
        />
        <Choice
          label={words.onEmpty}
          words={words.onEmpties}
          value={stage.on_empty}
          place={`${place}.on_empty`}
          onChange={(on_empty) => onChange({ on_empty })}
        />
      </SimpleGrid>
    </>
  );
}

function Time({ stage, place, onChange }: StageProps): ReactNode {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <WholeNumber
          label={words.sla}
          hint={words.slaHint}
          value={stage.sla_hours}
          place={`${place}.sla_hours`}
          onChange={(sla_hours) => onChange({ sla_hours })}
        />
        <div className={css.low}>
          <Choice
            label={words.onBreach}
            words={words.onBreaches}
            value={stage.on_breach ?? 'notify'}
            place={`${place}.on_breach`}
            // No word and `notify` mean the same; only the first is what most policies have.
            onChange={(on_breach) => onChange({ on_breach: on_breach === 'notify' ? null : on_breach })}
          />
        </div>
      </SimpleGrid>
      <Remarks place={`${place}.on_breach`} />
      {stage.on_breach === 'escalate' && (
        <section className={css.nested} aria-label={words.escalation}>
          <Text size="sm" fw={600}>
            {words.escalation}
          </Text>
          <People stage={stage} place={place} onChange={onChange} list="escalation_rules" />
        </section>
      )}
    </>
  );
}

function Skip({ stage, place, onChange }: StageProps): ReactNode {
  if (stage.skip_if === null) {
    return (
      <>
        <Text size="sm" c="dimmed">
          {words.never}
        </Text>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ skip_if: emptyCondition() })}
        >
          {words.addCondition}
        </Button>
      </>
    );
  }
  return (
    <>
      <Suspense fallback={<Text size="sm">{t.blocks.loading}</Text>}>
        <Condition
          logic={stage.skip_if}
          place={`${place}.skip_if`}
          onChange={(skip_if) => onChange({ skip_if })}
        />
      </Suspense>
      <Button
        variant="subtle"
        size="xs"
        color="gray"
        leftSection={<IconX size={14} aria-hidden />}
        onClick={() => onChange({ skip_if: null })}
      >
        {words.removeCondition}
      </Button>
    </>
  );
}
