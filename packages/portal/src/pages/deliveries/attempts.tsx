import type { DeliveryAttemptOut } from '@awe/contract/deliveries';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { LOCALE, t } from '../../strings/t.ts';
import css from './delivery-drawer.module.css';

const words = t.deliveries.detail;

/** What became of each attempt, the last one first. */
export function Attempts({ attempts }: { attempts: readonly DeliveryAttemptOut[] }): ReactNode {
  if (attempts.length === 0) return <p className={css.aside}>{words.noAttempts}</p>;
  return (
    <table className={css.attempts} aria-label={words.attempts}>
      <thead>
        <tr>
          <th scope="col">{words.at}</th>
          <th scope="col">{words.answer}</th>
          <th scope="col">{words.error}</th>
          <th scope="col">{words.took}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.toReversed().map(({ at, status_code, error, duration_ms }) => (
          <tr key={at} className={error === null ? css.good : css.bad}>
            <td>
              <Moment at={at} show="absolute" />
            </td>
            <td className={css.code}>{status_code ?? words.noAnswer}</td>
            <td>{error ?? words.success}</td>
            <td className={css.took}>{inUnits(duration_ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `212 ms`, `9.8 sec`. */
function inUnits(milliseconds: number): string {
  const [count, unit] =
    milliseconds < 1_000 ? [milliseconds, 'millisecond'] : [milliseconds / 1_000, 'second'];
  return count.toLocaleString(LOCALE, { style: 'unit', unit, maximumFractionDigits: 1 });
}
