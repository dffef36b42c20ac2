import type { PolicyOut } from '@awe/contract/policies';
import { remarksOn } from '@awe/wording/words/lint';
import { IconBulb } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { t } from '../../../strings/t.ts';
import css from './policy-tabs.module.css';

/** What works but was probably not meant; nothing when there is no such thing. */
export function Remarks({ policy }: { policy: PolicyOut }): ReactNode {
  const remarks = useMemo(() => remarksOn(policy), [policy]);
  if (remarks.length === 0) return null;
  return (
    <section className={css.remarks} aria-label={t.policies.page.remarks}>
      <IconBulb size={20} aria-hidden />
      <div>
        <div className={css.remarksTitle}>{t.policies.page.remarks}</div>
        <ul>
          {remarks.map(({ code, stage, text }) => (
            <li key={`${code} ${stage}`}>
              {stage !== null && <strong>{stage}: </strong>}
              {text}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
