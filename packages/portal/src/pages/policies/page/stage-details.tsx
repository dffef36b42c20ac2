import type { ApproverRuleIn, PolicyOut, StageIn } from '@awe/contract/policies';
import { describeRuleFully } from '@awe/wording/words/rule';
import {
  describeApprovals,
  describeBreach,
  describeEmpty,
  describeReject,
  describeSkip,
  describeSla,
  rulesByKind,
} from '@awe/wording/words/stage';
import { stepsOf } from '@awe/wording/words/steps';
import type { ReactNode } from 'react';
import { Json } from '../../../blocks/json.tsx';
import { Sheet } from '../../../blocks/sheet.tsx';
import { t } from '../../../strings/t.ts';
import { placed } from '../placed.ts';
import css from './policy-tabs.module.css';

const words = t.policies.page.stage;

/** Everything a version says, stage by stage, in words, with the JSON behind what is JSON. */
export function StageDetails({ policy }: { policy: PolicyOut }): ReactNode {
  const { forbid_self_approval, forbid_repeat_approvers, stages = [] } = policy;
  const { filters, notFiltered } = t.policies.diff;
  return (
    <Sheet title={t.policies.page.stages}>
      <ol className={css.stages}>
        {stepsOf(stages).flatMap((step, index) =>
          step.map((stage) => (
            <li key={stage.id}>
              <h3>
                <span className={css.step}>{t.policies.page.flow.step(index + 1)}</span> {stage.name}
              </h3>
              <Details stage={stage} />
            </li>
          )),
        )}
      </ol>
      <p className={css.fairness}>
        {t.policies.page.fairness([
          (forbid_self_approval ? filters : notFiltered).forbid_self_approval,
          (forbid_repeat_approvers ? filters : notFiltered).forbid_repeat_approvers,
        ])}
      </p>
    </Sheet>
  );
}

function Details({ stage }: { stage: StageIn }): ReactNode {
  const { approvers, observers } = rulesByKind(stage);
  const time = [describeSla(stage), describeBreach(stage)].filter((part) => part !== null);
  const skip = describeSkip(stage);
  const logics = logicsOf(stage);
  return (
    <>
      <dl className={css.facts}>
        <Fact label={words.asks}>
          {approvers.length === 0 ? t.policies.words.stage.nobody : <Rules rules={approvers} />}
        </Fact>
        {observers.length > 0 && (
          <Fact label={words.informs}>
            <Rules rules={observers} />
          </Fact>
        )}
        <Fact label={words.passes}>
          {describeApprovals(stage)}; {describeReject(stage)}
        </Fact>
        {skip !== null && <Fact label={words.skips}>{skip}</Fact>}
        <Fact label={words.empty}>{describeEmpty(stage)}</Fact>
        {time.length > 0 && <Fact label={words.time}>{time.join('; ')}</Fact>}
      </dl>
      {logics.length > 0 && (
        <details className={css.logic}>
          <summary>{words.logic}</summary>
          {logics.map(({ what, logic }) => (
            <Json key={what} value={logic} label={words.logicOf(stage.name, what)} />
          ))}
        </details>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Rules({ rules }: { rules: readonly ApproverRuleIn[] }): ReactNode {
  return (
    <ul className={css.rules}>
      {placed(rules).map(({ key, item: rule }) => (
        <li key={key}>{describeRuleFully({ ...rule, kind: 'approver' })}</li>
      ))}
    </ul>
  );
}

function logicsOf({ skip_if, rules = [] }: StageIn): { what: string; logic: unknown }[] {
  const expressions = rules.flatMap(({ rule_type, rule_value }, place) =>
    rule_type === 'expression' ? [{ what: `rules[${place}]`, logic: rule_value }] : [],
  );
  return skip_if ? [{ what: 'skip_if', logic: skip_if }, ...expressions] : expressions;
}
