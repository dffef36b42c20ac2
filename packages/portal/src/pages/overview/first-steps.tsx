import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { CopyText } from '../../blocks/copy-text.tsx';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import css from './first-steps.module.css';

const words = t.overview.first;
const EVERY_MS = 15_000;

/** What to do first, while no request was ever made. */
export function FirstSteps(): ReactNode {
  const policies = useOperation('listPolicies', {}, { every: EVERY_MS });
  const active = policies.data?.find(({ status }) => status === 'active');
  const draft = active ? undefined : policies.data?.[0];
  const command = commandFor(active?.policy_key ?? 'my-policy', active?.artifact_type ?? 'document');
  return (
    <Sheet title={words.title}>
      <p className={css.lead}>{words.lead}</p>
      <FailureNotice failure={policies.error} onRetry={() => void policies.refetch()} />
      <ol className={css.steps}>
        <PolicyStep hasPolicy={policies.data !== undefined && policies.data.length > 0} />
        {draft && (
          <Step title={words.activate.title} text={words.activate.text(draft.policy_key)}>
            <Button
              component={Link}
              to={`/policies/${encodeURIComponent(draft.policy_key)}`}
              variant="default"
            >
              {words.activate.action}
            </Button>
          </Step>
        )}
        <Step title={words.request.title} text={words.request.text}>
          <div className={css.command}>
            <pre>{command}</pre>
            <CopyText text={command} what={words.request.command} />
          </div>
          <Button component="a" href="/v1/awe/docs" target="_blank" variant="default">
            {words.request.action}
          </Button>
        </Step>
        <Step title={words.decide.title} text={words.decide.text}>
          <Button component={Link} to="/inbox" variant="default">
            {words.decide.action}
          </Button>
        </Step>
      </ol>
    </Sheet>
  );
}

function PolicyStep({ hasPolicy }: { hasPolicy: boolean }): ReactNode {
  const mayWrite = useMay('createPolicy');
  const { title, text, ask, action } = words.policy;
  return (
    <Step title={title} text={mayWrite || hasPolicy ? text : `${text} ${ask}`} isDone={hasPolicy}>
      {!hasPolicy && mayWrite && (
        <Button component={Link} to="/policies/new">
          {action}
        </Button>
      )}
    </Step>
  );
}

function Step({
  title,
  text,
  isDone = false,
  children,
}: {
  title: string;
  text: string;
  isDone?: boolean;
  children?: ReactNode;
}): ReactNode {
  return (
    <li className={isDone ? css.done : undefined}>
      <div>
        <h3>
          {title}
          {isDone && (
            <span className={css.mark}>
              <IconCheck size={16} aria-hidden /> {words.done}
            </span>
          )}
        </h3>
        <p>{text}</p>
        {children}
      </div>
    </li>
  );
}

function commandFor(policyKey: string, artifactType: string): string {
  const body = { policy_key: policyKey, artifact_type: artifactType, artifact_id: '1', context: {} };
  return [
    `curl ${location.origin}/v1/awe/requests`,
    `-H "Authorization: Bearer $TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}

/** As one word for a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
