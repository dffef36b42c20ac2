import type { ReactNode } from 'react';
import { PersonName } from '../../blocks/person-name.tsx';
import { t } from '../../strings/t.ts';
import css from './requests-page.module.css';

/** Who wants the change, when the request names somebody. */
export function Requester({ id }: { id: string | null | undefined }): ReactNode {
  return id ? <PersonName id={id} /> : <span className={css.aside}>{t.requests.noRequester}</span>;
}
