import type { RequestOut } from '@awe/contract/requests';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './headline.module.css';
import { PolicyLink } from './policy-link.tsx';
import { Requester } from './requester.tsx';

/** What a request is about and how it stands, in one line. */
export function Headline({ request }: { request: RequestOut }): ReactNode {
  return (
    <span className={css.line}>
      <StatusBadge status={request.status} />
      <span>{request.artifact_type}</span>
      <PolicyLink {...request} flow="row" />
      <Requester id={request.requester} />
      <span>
        {t.requests.started} <Moment at={request.created_at} />
      </span>
    </span>
  );
}
