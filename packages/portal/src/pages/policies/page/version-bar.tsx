import type { PolicyOut } from '@awe/contract/policies';
import { Anchor, NativeSelect } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StatusBadge } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import { DeedLine } from './deed-line.tsx';
import type { VersionHistory } from './use-versions.ts';
import css from './version-bar.module.css';

const words = t.policies.page;

/** Which version is looked at, a way to the others, and whether it is in force. */
export function VersionBar({
  policy,
  versions,
}: {
  policy: PolicyOut;
  versions: readonly VersionHistory[];
}): ReactNode {
  const { policy_key, version, status } = policy;
  const navigate = useNavigate();
  const active = versions.find((each) => each.status === 'active')?.version;
  const history = versions.find((each) => each.version === version);
  const to = '/policies/$policyKey/versions/$version';
  return (
    <div className={css.bar}>
      <NativeSelect
        aria-label={words.versions.choice}
        value={String(version)}
        data={versions.map((each) => ({
          value: String(each.version),
          label: t.policies.version(each.version),
        }))}
        onChange={({ currentTarget: { value } }) =>
          void navigate({
            to,
            params: { policyKey: policy_key, version: value },
            hash: true,
            resetScroll: false,
          })
        }
      />
      <StatusBadge status={status} />
      <span className={css.facts}>
        <code>{policy_key}</code>
        <span>{words.about.artifact(policy.artifact_type)}</span>
        <DeedLine said={words.about.written} by={policy.created_by ?? null} at={policy.created_at} />
        {history?.activated && <DeedLine said={words.about.activated} {...history.activated} />}
      </span>
      {active === undefined ? (
        <span className={css.note}>{words.noVersionActive}</span>
      ) : (
        active !== version && (
          <span className={css.note}>
            {words.otherActive(active)}{' '}
            <Anchor
              inherit
              underline="always"
              renderRoot={(own) => (
                <Link to={to} params={{ policyKey: policy_key, version: String(active) }} {...own} />
              )}
            >
              {words.seeActive}
            </Anchor>
          </span>
        )
      )}
    </div>
  );
}
