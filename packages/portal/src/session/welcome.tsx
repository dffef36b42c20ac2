import type { ReactNode } from 'react';
import { Sheet } from '../blocks/sheet.tsx';
import { t } from '../strings/t.ts';
import seal from '../theme/seal.svg';
import css from './welcome.module.css';

/** What is shown to somebody who is not signed in yet. */
export function Welcome({ children }: { children: ReactNode }): ReactNode {
  return (
    <main className={css.welcome}>
      <div className={css.card}>
        <div className={css.brand}>
          <img src={seal} alt="" />
          <div>
            <h1 className={css.name}>{t.shell.product}</h1>
            <div className={css.long}>{t.shell.productLong}</div>
          </div>
        </div>
        <Sheet>{children}</Sheet>
      </div>
    </main>
  );
}
