import type { StageIn } from '@awe/contract/policies';
import type { Change, PolicyDiff, StageDiff } from '@awe/wording/diff/change';
import { describeStage } from '@awe/wording/words/stage';
import { Fragment, type ReactNode } from 'react';
import { Json } from '../../../blocks/json.tsx';
import { Badge, type Tone } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import { placed } from '../placed.ts';
import css from './policy-changes.module.css';

const words = t.policies.diff;
const TONES: Readonly<Record<StageDiff['kind'], Tone>> = {
  added: 'good',
  removed: 'bad',
  changed: 'info',
  unchanged: 'quiet',
};

/** A semantic diff side by side; `before` and `after` name the two versions. */
export function PolicyChanges({
  diff: { policy, stages, isEmpty },
  before,
  after,
}: {
  diff: PolicyDiff;
  before: string;
  after: string;
}): ReactNode {
  if (isEmpty) return <p className={css.none}>{words.none}</p>;
  const changed = stages.filter(({ kind }) => kind !== 'unchanged');
  const unchanged = stages.length - changed.length;
  const sides = { before, after };
  return (
    <>
      <table className={css.table} aria-label={`${before} → ${after}`}>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        {policy.length > 0 && (
          <tbody>
            <tr className={css.head}>
              <th scope="rowgroup" colSpan={3}>
                {words.policy}
              </th>
            </tr>
            <Rows changes={policy} {...sides} />
          </tbody>
        )}
        {placed(changed).map(({ key, item: stage }) => (
          <tbody key={key}>
            <tr className={css.head}>
              <th scope="rowgroup" colSpan={3}>
                {stage.name} <Badge tone={TONES[stage.kind]}>{words.stageKinds[stage.kind]}</Badge>
              </th>
            </tr>
            <StageRows stage={stage} {...sides} />
          </tbody>
        ))}
      </table>
      {unchanged > 0 && <p className={css.unchanged}>{words.unchanged(unchanged)}</p>}
    </>
  );
}

type Sides = { before: string; after: string };

function StageRows({ stage: { before, after, changes }, ...sides }: { stage: StageDiff } & Sides): ReactNode {
  if (before !== null && after !== null) return <Rows changes={changes} {...sides} />;
  return (
    <tr>
      <th scope="row">{words.whole}</th>
      <Side label={sides.before} text={before && wholeStage(before)} tone="gone" />
      <Side label={sides.after} text={after && wholeStage(after)} tone="come" />
    </tr>
  );
}

function Rows({ changes, ...sides }: { changes: readonly Change[] } & Sides): ReactNode {
  return placed(changes).map(({ key, item: { aspect, before, after, raw } }) => (
    <Fragment key={key}>
      <tr>
        <th scope="row">{words.aspects[aspect]}</th>
        <Side label={sides.before} text={before} tone="gone" />
        <Side label={sides.after} text={after} tone="come" />
      </tr>
      {raw && (
        <tr className={css.raw}>
          <td />
          <td colSpan={2}>
            <details>
              <summary>{words.raw}</summary>
              <div className={css.sides}>
                <Json value={raw.before ?? null} label={words.rawOf(words.aspects[aspect], sides.before)} />
                <Json value={raw.after ?? null} label={words.rawOf(words.aspects[aspect], sides.after)} />
              </div>
            </details>
          </td>
        </tr>
      )}
    </Fragment>
  ));
}

function Side({
  label,
  text,
  tone,
}: {
  label: string;
  text: string | null;
  tone: 'gone' | 'come';
}): ReactNode {
  return (
    <td data-label={label}>
      {text === null ? (
        <span className={css.absent}>{words.absent}</span>
      ) : (
        <span className={css[tone]}>{text}</span>
      )}
    </td>
  );
}

function wholeStage(stage: StageIn): string {
  const { who, observers, skip, sla, breach } = describeStage(stage);
  return [who, observers, skip, sla, breach].filter((part) => part !== null).join('; ');
}
