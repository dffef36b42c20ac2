import type { Fault } from '@awe/engine/fault';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type ReactNode, useContext } from 'react';
import { t } from '../../../../strings/t.ts';
import { FindingsContext, sentence } from '../draft/finding-fields.tsx';
import css from './side.module.css';

const words = t.policyEditor;

/** Everything that is wrong or odd, each a way to its place. */
export function Check({
  stageNames,
  onGo,
}: {
  stageNames: readonly string[];
  /** Shows the place and puts the focus there. */
  onGo: (path: string) => void;
}): ReactNode {
  const { faults, warnings } = useContext(FindingsContext);
  const list = (title: string, findings: readonly Fault[], icon: ReactNode) =>
    findings.length > 0 && (
      <section>
        <h3 className={css.heading}>{title}</h3>
        <ul className={css.findings}>
          {findings.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <button type="button" className={css.finding} onClick={() => onGo(path)}>
                {icon}
                <span>
                  <span className={css.where}>{placeName(path, stageNames)}</span>
                  {sentence(message)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <div className={css.check} aria-live="polite">
      {faults.length === 0 && (
        <div className={css.good}>
          <IconCircleCheck size={20} aria-hidden />
          <div>
            <strong>{words.side.good}</strong>
            <p>{words.side.goodText}</p>
          </div>
        </div>
      )}
      {list(words.side.faults, faults, <IconCircleX size={18} className={css.bad} aria-hidden />)}
      {list(words.side.warnings, warnings, <IconAlertTriangle size={18} className={css.wait} aria-hidden />)}
    </div>
  );
}

/** Which stage and what about it, or which field of the policy. */
export function placeName(path: string, stageNames: readonly string[]): string {
  const [, at, part] = /^stages\[(\d+)\](?:\.(\w+))?/.exec(path) ?? [];
  if (at === undefined) return nameIn(words.places, path) ?? path;
  const stage = stageNames[Number(at)]?.trim() || words.stages.unnamed;
  const said = part === undefined ? null : nameIn(words.parts, part);
  return said === null ? stage : `${stage}, ${said}`;
}

function nameIn(names: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(names, key) ? (names[key] ?? null) : null;
}
