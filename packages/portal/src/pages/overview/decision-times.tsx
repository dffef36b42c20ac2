import type { OverviewDecisionTimeOut } from '@awe/contract/overview';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import css from './decision-times.module.css';
import { inFigures, span } from './numbers.ts';
import page from './overview.module.css';

const words = t.overview.times;
/** Narrower parts of a bar are not seen; per cent. */
const LEAST = 1;

/** How long each policy takes: a bar to the nine in ten, its darker part to the half, and both in words. */
export function DecisionTimes({ times }: { times: readonly OverviewDecisionTimeOut[] }): ReactNode {
  const longest = Math.max(...times.map((each) => each.p90_seconds), 1);
  const width = (seconds: number) => `${Math.max((seconds / longest) * 100, LEAST)}%`;
  return (
    <Sheet title={words.title}>
      <p className={page.lead}>{words.lead}</p>
      {times.length === 0 ? (
        <p className={page.nothing}>{words.none}</p>
      ) : (
        <table className={css.times}>
          <thead>
            <tr>
              <th scope="col">{words.policy}</th>
              <th scope="col">{words.decided}</th>
              <th scope="col">{words.median}</th>
              <th scope="col">{words.p90}</th>
            </tr>
          </thead>
          <tbody>
            {times.map(({ policy_key, decided, median_seconds, p90_seconds }) => (
              <tr key={policy_key}>
                <th scope="row">
                  <Link to="/policies/$policyKey" params={{ policyKey: policy_key }}>
                    {policy_key}
                  </Link>
                  <span className={css.bar} aria-hidden>
                    <span className={css.p90} style={{ width: width(p90_seconds) }} />
                    <span className={css.median} style={{ width: width(median_seconds) }} />
                  </span>
                </th>
                <td data-label={words.decided}>{inFigures(decided)}</td>
                <td data-label={words.median}>{span(median_seconds)}</td>
                <td data-label={words.p90}>{span(p90_seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={page.more}>
        <Link to="/policies">{words.all}</Link>
      </p>
    </Sheet>
  );
}
