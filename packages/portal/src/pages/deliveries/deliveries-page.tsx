import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFilters } from '../../blocks/filters.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Can } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { ReceiverList } from './receivers/receiver-list.tsx';
import { Replay } from './replay/replay.tsx';

const words = t.deliveries;
const route = getRouteApi('/deliveries');

/** What is sent to receivers, and the receivers themselves. */
export function DeliveriesPage(): ReactNode {
  const { view, delivery, receiver } = route.useSearch();
  const { set } = useFilters<{ view: string; delivery: string }>();
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          <Can call="replayDeliveries">
            <Replay receiver={receiver} />
          </Can>
        }
      />
      <Tabs
        value={view === 'receivers' ? 'receivers' : 'deliveries'}
        onChange={(chosen) => set({ view: chosen === 'receivers' ? chosen : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="lg" aria-label={words.views.label}>
          <Tabs.Tab value="deliveries">{words.views.deliveries}</Tabs.Tab>
          <Tabs.Tab value="receivers">{words.views.receivers}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="deliveries">
          <DeliveryList />
        </Tabs.Panel>
        <Tabs.Panel value="receivers">
          <ReceiverList />
        </Tabs.Panel>
      </Tabs>
      <DeliveryDrawer id={delivery} onClose={() => set({ delivery: undefined })} />
    </>
  );
}
