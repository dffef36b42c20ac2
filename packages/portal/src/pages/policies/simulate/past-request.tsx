import type { RequestOut } from '@awe/contract/requests';
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { Moment } from '../../../blocks/moment.tsx';
import { t } from '../../../strings/t.ts';
import css from './simulate.module.css';

const words = t.policies.page.simulate;
/** Nobody looks through more requests for one artifact. */
const MOST = 10;

/** Finds requests by their artifact, to take the context of one. */
export function PastRequest({ onTake }: { onTake: (request: RequestOut) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [artifact, setArtifact] = useState('');
  const found = useOperation(
    'searchRequests',
    { query: { artifact_id: artifact, limit: MOST } },
    { enabled: artifact !== '' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setArtifact(typed.trim());
  };
  return (
    <details className={css.past}>
      <summary>{words.past}</summary>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs" mt="xs">
          <TextInput
            label={words.artifact}
            placeholder={words.artifactHint}
            value={typed}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
            className={css.artifact ?? ''}
          />
          <Button type="submit" variant="default" loading={found.isLoading}>
            {words.find}
          </Button>
        </Group>
      </form>
      <FailureNotice failure={found.error} />
      {found.data?.length === 0 && <p role="status">{words.noPast}</p>}
      <ul className={css.found}>
        {found.data?.map((request) => (
          <li key={request.id}>
            <span>
              {request.policy_key} {t.policies.shortVersion(request.policy_version)}
              <span className={css.aside}>
                {' · '}
                <Moment at={request.created_at} />
              </span>
            </span>
            <Button
              size="xs"
              variant="default"
              onClick={() => onTake(request)}
              aria-label={words.takeOf(request.artifact_id, request.policy_key)}
            >
              {words.use}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
