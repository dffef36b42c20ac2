import type { PolicyOut } from '@awe/contract/policies';
import { semanticDiff } from '@awe/wording/diff/semantic-diff';
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useContext } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { say } from '../../../blocks/notify.ts';
import { t } from '../../../strings/t.ts';
import { PolicyChanges } from '../diff/policy-changes.tsx';
import { FindingsContext, sentence } from './draft/finding-fields.tsx';
import css from './editor.module.css';

const words = t.policyEditor.activation;

/** Shows what activating a saved draft changes, and does it. */
export function Activation({ draft, onClose }: { draft: PolicyOut; onClose: () => void }): ReactNode {
  const { policy_key, version } = draft;
  const navigate = useNavigate();
  const { warnings } = useContext(FindingsContext);
  const activate = useChange('activate', {
    refreshes: ['listPolicies', 'listVersions', 'getVersion'],
    onDone: () => {
      say(words.done(policy_key, version));
      void navigate({ to: '/policies/$policyKey', params: { policyKey: policy_key } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={words.title(version)} size="xl">
      <Stack>
        <Difference draft={draft} />
        {warnings.length > 0 && (
          <section>
            <Text fw={600}>{words.warnings}</Text>
            <ul className={css.warnings}>
              {warnings.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{sentence(message)}</li>
              ))}
            </ul>
          </section>
        )}
        <FailureNotice failure={activate.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.blocks.cancel}
          </Button>
          <Button
            data-autofocus
            loading={activate.isPending}
            onClick={() => activate.mutate({ params: { policy_key, version } })}
          >
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Difference({ draft }: { draft: PolicyOut }): ReactNode {
  const { policy_key } = draft;
  const versions = useOperation('listVersions', { params: { policy_key } });
  const active = versions.data?.find(({ status }) => status === 'active');
  const before = useOperation(
    'getVersion',
    { params: { policy_key, version: active?.version ?? 0 } },
    { enabled: active !== undefined },
  );
  const failure = versions.error ?? before.error;
  if (failure) return <FailureNotice failure={failure} onRetry={() => void versions.refetch()} />;
  if (versions.data && !active) return <Text>{words.first}</Text>;
  if (!before.data) return <Skeleton height="6rem" />;
  const diff = semanticDiff(before.data, draft);
  return (
    <>
      <Text>{words.replaces(before.data.version)}</Text>
      {diff.isEmpty ? (
        <Text c="dimmed">{words.same}</Text>
      ) : (
        <PolicyChanges
          diff={diff}
          before={words.before(before.data.version)}
          after={words.after(draft.version)}
        />
      )}
    </>
  );
}
