import type { ProofOut } from '@awe/contract/integrity';
import type { ReactNode } from 'react';
import { CopyText } from '../../blocks/copy-text.tsx';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { Badge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './proof.module.css';
import { useAtSequence } from './use-at-sequence.ts';

const words = t.requests.proof;
const SHOWN = 12;

/** Whether the timeline is as it was written, as the service has just computed. */
export function Proof({ requestId, sequence }: { requestId: string; sequence: number }): ReactNode {
  const params = { request_id: requestId };
  const { data, error, refetch } = useAtSequence('requestProof', { params }, sequence);
  return (
    <Sheet title={words.title}>
      {data ? (
        <Proven proof={data} />
      ) : error ? (
        <FailureNotice failure={error} onRetry={() => void refetch()} />
      ) : (
        words.checking
      )}
    </Sheet>
  );
}

function Proven({ proof }: { proof: ProofOut }): ReactNode {
  if (!proof.valid) {
    return (
      <div className={css.proof} role="alert">
        <Badge tone="bad">{words.invalid}</Badge>
        <ul>
          {proof.faults.map(({ place, message }) => (
            <li key={`${place} ${message}`}>
              <strong>{place}</strong>: {message}
            </li>
          ))}
        </ul>
        <p>{words.advice}</p>
      </div>
    );
  }
  if (proof.head === null || proof.covered_from === null) {
    return (
      <div className={css.proof}>
        <Badge tone="quiet">{words.older}</Badge>
      </div>
    );
  }
  return (
    <div className={css.proof}>
      <Badge tone="good">{words.valid}</Badge>
      <p>{proof.covered_from > 1 ? words.from(proof.covered_from) : words.text(proof.sequence)}</p>
      <p>{proof.checkpoint ? words.checkpoint(proof.checkpoint.number) : words.noCheckpoint}</p>
      <p className={css.head}>
        {words.head}: <code>{proof.head.slice(0, SHOWN)}…</code>{' '}
        <CopyText text={proof.head} what={words.head} />
      </p>
    </div>
  );
}
