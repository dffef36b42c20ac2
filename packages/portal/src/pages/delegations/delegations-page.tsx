import type { DelegationOut } from '@awe/contract/delegations';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { usePages } from '../../api/use-pages.ts';
import { ConfirmButton } from '../../blocks/confirm-button.tsx';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { Filters, TextFilter, useFilters } from '../../blocks/filters.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { say } from '../../blocks/notify.ts';
import { PageHeader } from '../../blocks/page-header.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { Can, useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import { AddDelegation } from './add-delegation.tsx';
import { Window, WindowState } from './window.tsx';

const words = t.delegations;
const route = getRouteApi('/delegations');

/** Who stands in for whom: looked up by anybody who may, changed by administrators. */
export function DelegationsPage(): ReactNode {
  const { user_id } = route.useSearch();
  const { set, clear, isFiltered } = useFilters();
  const [isAdding, adding] = useDisclosure(false);
  const pages = usePages('listDelegations', { query: { user_id } });
  const mayRemove = useMay('deleteDelegation');
  const add = (
    <Can call="createDelegation">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={adding.open}>
        {words.add}
      </Button>
    </Can>
  );
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} actions={add} />
      <Filters isFiltered={isFiltered} onClear={clear}>
        <TextFilter
          label={words.filterPerson}
          placeholder={words.filterHint}
          value={user_id}
          onChange={(person) => set({ user_id: person })}
        />
      </Filters>
      <DataTable
        caption={words.title}
        columns={mayRemove ? [...COLUMNS, ACTIONS] : COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          isFiltered ? (
            <NothingHere title={words.empty.filteredTitle} text={words.empty.filteredText} />
          ) : (
            <NothingHere
              icon={<IconArrowsExchange size={26} stroke={1.6} />}
              title={words.empty.title}
              text={words.empty.text}
              action={add}
            />
          )
        }
      />
      <AddDelegation isOpen={isAdding} onClose={adding.close} />
    </>
  );
}

const COLUMNS: readonly Column<DelegationOut>[] = [
  { key: 'person', header: words.columns.person, cell: ({ user_id }) => <PersonName id={user_id} /> },
  {
    key: 'delegate',
    header: words.columns.delegate,
    cell: ({ delegate_to }) => <PersonName id={delegate_to} />,
  },
  { key: 'state', header: words.columns.state, cell: (delegation) => <WindowState {...delegation} /> },
  { key: 'window', header: words.columns.window, cell: (delegation) => <Window {...delegation} /> },
  { key: 'reason', header: words.columns.reason, cell: ({ reason }) => reason },
];
const ACTIONS: Column<DelegationOut> = {
  key: 'actions',
  header: words.columns.actions,
  align: 'end',
  cell: (delegation) => <Remove {...delegation} />,
};

function Remove({ id, user_id, delegate_to }: DelegationOut): ReactNode {
  const remove = useChange('deleteDelegation', {
    refreshes: ['listDelegations'],
    onDone: () => say(words.removed),
  });
  return (
    <ConfirmButton
      size="xs"
      label={words.removeFor(user_id, delegate_to)}
      title={words.removeTitle}
      text={words.removeText(user_id, delegate_to)}
      onConfirm={() => remove.mutateAsync({ params: { delegation_id: id } })}
    >
      {words.remove}
    </ConfirmButton>
  );
}
