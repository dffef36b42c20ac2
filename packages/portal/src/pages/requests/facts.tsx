import type { RequestOut } from '@awe/contract/requests';
import type { ReactNode } from 'react';
import { CopyText } from '../../blocks/copy-text.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import css from './facts.module.css';

const words = t.requests.facts;

/** What the header has no room for: which service asked and is told, and when exactly. */
export function Facts({ request }: { request: RequestOut }): ReactNode {
  return (
    <Sheet title={words.title}>
      <dl className={css.facts}>
        <Fact name={words.source}>
          <PersonName id={request.source_service} />
        </Fact>
        <Fact name={words.started}>
          <Moment at={request.created_at} show="absolute" />
        </Fact>
        {request.completed_at && (
          <Fact name={words.ended}>
            <Moment at={request.completed_at} show="absolute" />
          </Fact>
        )}
        <Fact name={words.callback}>{request.callback_url ?? words.noCallback}</Fact>
        <Fact name={words.id}>
          <code className={css.id}>{request.id}</code> <CopyText text={request.id} what={words.id} />
        </Fact>
      </dl>
    </Sheet>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
