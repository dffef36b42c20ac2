import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../strings/t.ts';
import { CopyText } from './copy-text.tsx';
import css from './failure-notice.module.css';
import { failureWords } from './failure-words.ts';

/** What happened, what to do, and the correlation id. Nothing when there is no failure. */
export function FailureNotice({ failure, onRetry }: { failure: unknown; onRetry?: () => void }): ReactNode {
  if (failure === null || failure === undefined) return null;
  const { title, message, advice, correlationId } = failureWords(failure);
  return (
    <div role="alert" className={css.notice}>
      <IconAlertTriangle size={20} className={css.icon} aria-hidden />
      <div>
        <div className={css.title}>{title}</div>
        {message !== null && <p>{message}</p>}
        <p>{advice}</p>
        {(onRetry || correlationId !== null) && (
          <div className={css.foot}>
            {onRetry && (
              <Button size="xs" variant="default" onClick={onRetry}>
                {t.blocks.retry}
              </Button>
            )}
            {correlationId !== null && (
              <span className={css.correlation}>
                {t.blocks.correlation}: <code>{correlationId}</code>
                <CopyText text={correlationId} what={t.blocks.correlation} />
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
