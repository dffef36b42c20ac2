import type { ReactNode } from 'react';
import { ConfirmButton } from '../../../blocks/confirm-button.tsx';
import { Moment } from '../../../blocks/moment.tsx';
import { t } from '../../../strings/t.ts';
import css from './editor.module.css';

const words = t.policyEditor.restored;

/** Says that the page shows what somebody typed on an earlier visit. */
export function RestoredNote({
  keptAt,
  isOutdated,
  onStartOver,
}: {
  keptAt: string;
  isOutdated: boolean;
  onStartOver: () => void;
}): ReactNode {
  return (
    <div role="status" className={css.restored}>
      <div>
        <strong>{words.title}</strong>
        <p>
          {words.text} <Moment at={keptAt} show="absolute" />. {isOutdated && words.older}
        </p>
      </div>
      <ConfirmButton
        size="xs"
        title={words.startOverTitle}
        text={words.startOverText}
        onConfirm={async () => onStartOver()}
      >
        {words.startOver}
      </ConfirmButton>
    </div>
  );
}
