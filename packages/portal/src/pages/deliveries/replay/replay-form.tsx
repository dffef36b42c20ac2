import type { DeliveryStatus } from '@awe/contract/deliveries';
import { Button, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { viewerZone } from '../../../blocks/local-time.ts';
import { say } from '../../../blocks/notify.ts';
import { t } from '../../../strings/t.ts';
import { inFigures } from '../../overview/numbers.ts';
import { DELIVERY_STATUSES } from '../statuses.ts';
import { type Faults, faultsOf, firstDraft, replayOf } from './replay-draft.ts';

const words = t.deliveries.replay;

/** First counts what would be sent; the button that sends it says how many. */
export function ReplayForm({ receiver, onClose }: { receiver: string; onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(() => firstDraft(receiver, Date.now()));
  const [faults, setFaults] = useState<Faults>({});
  const count = useChange('replayDeliveries', { refreshes: [] });
  const replay = useChange('replayDeliveries', {
    refreshes: ['listDeliveries', 'listReceivers', 'listIncidents', 'getOverview'],
    onDone: ({ data }) => {
      say(words.done(inFigures(data.replayed)));
      onClose();
    },
  });
  const counted = count.data?.data.replayed;
  const change = (changes: Partial<typeof draft>) => {
    setDraft((before) => ({ ...before, ...changes }));
    setFaults({});
    count.reset();
    replay.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    if (counted) replay.mutate({ body: replayOf(draft, false) });
    else count.mutate({ body: replayOf(draft, true) });
  };
  const moment = (name: 'since' | 'until') => ({
    type: 'datetime-local',
    required: true,
    label: words[name],
    value: draft[name],
    error: faults[name] ?? null,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ [name]: value }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{words.text}</Text>
        <TextInput
          data-autofocus
          label={words.receiver}
          description={words.receiverHint}
          value={draft.receiver}
          onChange={({ currentTarget }) => change({ receiver: currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...moment('since')} />
          <TextInput {...moment('until')} />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {words.zone(viewerZone())}
        </Text>
        <Checkbox.Group
          label={words.statuses}
          value={draft.statuses}
          error={faults.statuses ?? null}
          onChange={(chosen) => change({ statuses: chosen as DeliveryStatus[] })}
        >
          <Stack gap="xs" mt="xs">
            {DELIVERY_STATUSES.map((status) => (
              <Checkbox key={status} value={status} label={words.choices[status]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <FailureNotice failure={count.error ?? replay.error} />
        <Text fw={600} aria-live="polite">
          {counted !== undefined && (counted === 0 ? words.none : words.would(inFigures(counted)))}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.blocks.cancel}
          </Button>
          <Button type="submit" loading={count.isPending || replay.isPending}>
            {counted ? words.confirm(inFigures(counted)) : words.count}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
