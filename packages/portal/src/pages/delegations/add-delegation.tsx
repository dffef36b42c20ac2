import { Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { fieldFaults } from '../../api/failure.ts';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { inInput, momentOf, viewerZone } from '../../blocks/local-time.ts';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';

const words = t.delegations.form;
const WEEK_MS = 7 * 86_400_000;

type Draft = { person: string; delegate: string; starts: string; ends: string; reason: string };
type Faults = Partial<Record<keyof Draft, string>>;

/** A dialog that adds a delegation; what was typed stays until it is added. */
export function AddDelegation({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(emptyDraft);
  const [faults, setFaults] = useState<Faults>({});
  const add = useChange('createDelegation', {
    refreshes: ['listDelegations'],
    onDone: ({ data }) => {
      setDraft(emptyDraft());
      say(t.delegations.added(data.user_id, data.delegate_to));
      onClose();
    },
  });
  const told = fieldFaults(add.error);
  const field = (name: keyof Draft, sentAs: string) => ({
    value: draft[name],
    error: faults[name] ?? told[sentAs] ?? null,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      setDraft((before) => ({ ...before, [name]: value }));
      setFaults(({ [name]: _, ...others }) => others);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    add.mutate({
      body: {
        user_id: draft.person.trim(),
        delegate_to: draft.delegate.trim(),
        starts_at: momentOf(draft.starts),
        ends_at: momentOf(draft.ends),
        reason: draft.reason.trim() || null,
      },
    });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={words.title} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              required
              data-autofocus
              label={words.person}
              placeholder={words.personHint}
              {...field('person', 'user_id')}
            />
            <TextInput
              required
              label={words.delegate}
              placeholder={words.personHint}
              {...field('delegate', 'delegate_to')}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              required
              type="datetime-local"
              label={words.starts}
              {...field('starts', 'starts_at')}
            />
            <TextInput required type="datetime-local" label={words.ends} {...field('ends', 'ends_at')} />
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {words.zone(viewerZone())}
          </Text>
          <Textarea
            label={words.reason}
            description={words.reasonHint}
            autosize
            minRows={2}
            {...field('reason', 'reason')}
          />
          <FailureNotice failure={add.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.blocks.cancel}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function emptyDraft(): Draft {
  const now = Date.now();
  return { person: '', delegate: '', starts: inInput(now), ends: inInput(now + WEEK_MS), reason: '' };
}

function faultsOf({ person, delegate, starts, ends }: Draft): Faults {
  return {
    ...(person.trim() === '' && { person: words.missing }),
    ...(delegate.trim() === ''
      ? { delegate: words.missing }
      : delegate.trim() === person.trim() && { delegate: words.samePerson }),
    ...(starts === '' && { starts: words.missing }),
    ...(ends === '' ? { ends: words.missing } : ends <= starts && { ends: words.endsBefore }),
  };
}
