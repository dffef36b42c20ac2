import type { StageIn } from '@awe/contract/policies';
import type { SimulateResponse, SimulateStageOut } from '@awe/contract/simulation';
import type { ReactNode } from 'react';
import { PersonName } from '../../../blocks/person-name.tsx';
import { Badge } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import css from './simulate.module.css';
import { inOneSentence, reasonInWords } from './verdict.ts';

const words = t.policies.page.simulate;

/** What a simulation found, stage by stage; `written` are the stages of the version, once they are known. */
export function Outcome({
  result: { stages },
  written,
}: {
  result: SimulateResponse;
  written: readonly StageIn[];
}): ReactNode {
  return (
    <>
      <p className={css.verdict}>{inOneSentence(stages)}</p>
      <ol className={css.stages}>
        {stages.map((stage) => (
          <li key={stage.stage_order}>
            <StageOutcome
              stage={stage}
              written={written.find(({ stage_order }) => stage_order === stage.stage_order)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

function StageOutcome({
  stage,
  written,
}: {
  stage: SimulateStageOut;
  written: StageIn | undefined;
}): ReactNode {
  const {
    name,
    needed,
    resolved_approvers: people,
    observers = [],
    required_approvers: required = [],
  } = stage;
  const reason = reasonInWords(stage, written);
  return (
    <>
      <div className={css.stage}>
        <span className={css.name}>{name}</span>
        {stage.skipped ? (
          <Badge tone="quiet">{words.skipped}</Badge>
        ) : stage.blocked_reason ? (
          <Badge tone="bad">{words.blocked}</Badge>
        ) : (
          <Badge tone="info">{words.open}</Badge>
        )}
      </div>
      {reason !== null && <p>{reason}</p>}
      {stage.skip_if_error && <p className={css.fault}>{words.skipError(stage.skip_if_error)}</p>}
      {needed !== null && needed !== undefined && <p>{words.needed(needed, people.length)}</p>}
      {people.length > 0 && (
        <ul className={css.people} aria-label={words.asks}>
          {people.map((person) => (
            <li key={person}>
              <PersonName id={person} />
              {required.includes(person) && <Badge tone="wait">{words.must}</Badge>}
            </li>
          ))}
        </ul>
      )}
      {observers.length > 0 && (
        <>
          <p className={css.aside}>{words.informs}</p>
          <ul className={css.people} aria-label={words.informs}>
            {observers.map((person) => (
              <li key={person}>
                <PersonName id={person} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
