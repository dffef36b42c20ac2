import type { PolicyOut } from '@awe/contract/policies';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { ConfirmButton } from '../../../blocks/confirm-button.tsx';
import { say } from '../../../blocks/notify.ts';
import { Can } from '../../../session/may.tsx';
import { t } from '../../../strings/t.ts';
import { ActivationSummary } from './activation-summary.tsx';
import type { VersionHistory } from './use-versions.ts';

const words = t.policies.page;
const REFRESHES = ['listPolicies', 'listVersions', 'getVersion', 'listAudit'] as const;

/**
 * What an administrator can do with a version. The keys keep one question’s open dialog from becoming the other’s when
 * the status changes under it.
 */
export function PolicyActions({
  policy,
  versions,
}: {
  policy: PolicyOut;
  versions: readonly VersionHistory[];
}): ReactNode {
  const { policy_key, version, status } = policy;
  const params = { policy_key, version };
  const active = versions.find((each) => each.status === 'active')?.version ?? null;
  const activate = useChange('activate', {
    refreshes: REFRESHES,
    onDone: () => say(words.activate.done(version)),
  });
  const deactivate = useChange('deactivate', {
    refreshes: REFRESHES,
    onDone: () => say(words.deactivate.done(version)),
  });
  return (
    <>
      <Can call="addVersion">
        <Button
          variant="default"
          leftSection={<IconPencil size={18} aria-hidden />}
          renderRoot={(own) => (
            <Link
              to="/policies/$policyKey/edit"
              params={{ policyKey: policy_key }}
              search={{ version: String(version) }}
              {...own}
            />
          )}
        >
          {status === 'draft' ? words.editDraft : words.edit}
        </Button>
      </Can>
      {status === 'active' ? (
        <Can call="deactivate">
          <ConfirmButton
            key="deactivate"
            title={words.deactivate.title(version)}
            text={words.deactivate.text}
            onConfirm={() => deactivate.mutateAsync({ params })}
          >
            {words.deactivate.button}
          </ConfirmButton>
        </Can>
      ) : (
        <Can call="activate">
          <ConfirmButton
            key="activate"
            variant="filled"
            title={words.activate.title(version)}
            text={<ActivationSummary policy={policy} active={active} />}
            onConfirm={() => activate.mutateAsync({ params })}
          >
            {words.activate.button}
          </ConfirmButton>
        </Can>
      )}
    </>
  );
}
