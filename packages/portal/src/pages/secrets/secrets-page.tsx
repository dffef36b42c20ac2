import type { SecretOut, SecretValueOut } from '@awe/contract/secrets';
import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { usePages } from '../../api/use-pages.ts';
import { CopyText } from '../../blocks/copy-text.tsx';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Badge } from '../../blocks/status-badge.tsx';
import { Can, useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import { AddSecret } from './add-secret.tsx';
import { RotateSecret } from './rotate-secret.tsx';
import { isDefault, SecretDeeds } from './secret-deeds.tsx';
import css from './secrets.module.css';
import { useIsChanging } from './use-is-changing.ts';
import { ValueOnce } from './value-once.tsx';

const words = t.secrets;

type Doing =
  | { kind: 'adding' }
  | { kind: 'rotating'; secret: SecretOut }
  | { kind: 'storing'; secret: SecretValueOut };

/** What webhooks are signed with: seen by viewers, changed by administrators, values by nobody but the one who made them. */
export function SecretsPage(): ReactNode {
  const pages = usePages('listSecrets', {});
  const mayChange = useMay('rotateSecret');
  const [doing, setDoing] = useState<Doing | null>(null);
  const stop = () => setDoing(null);
  const store = (secret: SecretValueOut) => setDoing({ kind: 'storing', secret });
  const deeds: Column<SecretOut> = {
    key: 'actions',
    header: words.columns.actions,
    align: 'end',
    cell: (secret) => <SecretDeeds secret={secret} onRotate={() => setDoing({ kind: 'rotating', secret })} />,
  };
  const add = (
    <Can call="createSecret">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setDoing({ kind: 'adding' })}>
        {words.add}
      </Button>
    </Can>
  );
  const isConfigured = !pages.isPending && pages.failure === null && !pages.rows.some(isDefault);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} actions={add} />
      <DataTable
        caption={words.title}
        columns={mayChange ? [...COLUMNS, deeds] : COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <NothingHere
            icon={<IconKey size={26} stroke={1.6} />}
            title={words.empty.title}
            text={words.empty.text}
            action={add}
          />
        }
      />
      {isConfigured && (
        <p className={css.configured}>
          <strong>{words.configured.title}.</strong> {words.configured.text}
        </p>
      )}
      {doing?.kind === 'adding' && <AddSecret onClose={stop} onMade={store} />}
      {doing?.kind === 'rotating' && <RotateSecret secret={doing.secret} onClose={stop} onMade={store} />}
      {doing?.kind === 'storing' && <ValueOnce secret={doing.secret} onDone={stop} />}
    </>
  );
}

const COLUMNS: readonly Column<SecretOut>[] = [
  {
    key: 'name',
    header: words.columns.name,
    cell: (secret) => (
      <span className={css.name}>
        {secret.name}
        {isDefault(secret) && <Badge tone="info">{words.isDefault}</Badge>}
      </span>
    ),
  },
  {
    key: 'id',
    header: words.columns.id,
    cell: ({ id, name }) => (
      <span className={css.id}>
        <code>{id}</code>
        <CopyText text={id} what={words.id(name)} />
      </span>
    ),
  },
  { key: 'state', header: words.columns.state, cell: (secret) => <State {...secret} /> },
  { key: 'made', header: words.columns.made, cell: ({ created_at }) => <Moment at={created_at} /> },
];

function State(secret: SecretOut): ReactNode {
  if (!useIsChanging(secret)) return <Badge tone="good">{words.states.inForce}</Badge>;
  return (
    <span className={css.state}>
      <Badge tone="wait">{words.states.changing}</Badge>
      <span className={css.aside}>
        {words.changesAt} <Moment at={secret.effective_at} />
      </span>
    </span>
  );
}
