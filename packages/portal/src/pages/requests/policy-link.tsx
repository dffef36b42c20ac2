import type { RequestOut } from '@awe/contract/requests';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import css from './policy-link.module.css';

/** The policy version that governs a request; a link for those who may read policies. `flow`: which way it is written. */
export function PolicyLink({
  policy_key,
  policy_version,
  flow,
}: Pick<RequestOut, 'policy_key' | 'policy_version'> & { flow: 'row' | 'column' }): ReactNode {
  const mayRead = useMay('getVersion');
  const params = { policyKey: policy_key, version: String(policy_version) };
  return (
    <span className={css.policy} data-flow={flow}>
      {mayRead ? (
        <Anchor
          inherit
          renderRoot={(own) => <Link to="/policies/$policyKey/versions/$version" params={params} {...own} />}
        >
          {policy_key}
        </Anchor>
      ) : (
        <span>{policy_key}</span>
      )}
      <span className={css.version}>{t.requests.version(policy_version)}</span>
    </span>
  );
}
