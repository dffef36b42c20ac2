import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useChange } from '../../../api/use-change.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { t } from '../../../strings/t.ts';
import { Outcome } from './outcome.tsx';
import { PastRequest } from './past-request.tsx';
import { readContext, writtenContext } from './sample.ts';
import css from './simulate.module.css';

const words = t.policies.page.simulate;

/** Tries a stored version on a sample context: whom each stage would ask, what is skipped and why. */
export function Simulate({ policyKey, version }: { policyKey: string; version: number }): ReactNode {
  const [text, setText] = useState('{}');
  const [requester, setRequester] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const simulation = useChange('simulate', { refreshes: [] });
  const params = { policy_key: policyKey, version };
  const policy = useOperation('getVersion', { params });
  // An answer to another sample must not stand beside this one.
  const change = (context: string, by: string) => {
    setText(context);
    setRequester(by);
    setFault(null);
    simulation.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readContext(text);
    setFault(read.ok ? null : read.fault);
    if (!read.ok) return simulation.reset();
    simulation.mutate({ params, body: { context: read.context, requester: requester.trim() || null } });
  };
  return (
    <div className={css.panes}>
      <Stack>
        <Text c="dimmed">{words.lead}</Text>
        <form onSubmit={submit} noValidate>
          <Stack>
            <Textarea
              label={words.context}
              description={words.contextHint}
              value={text}
              error={fault}
              onChange={({ currentTarget: { value } }) => {
                change(value, requester);
              }}
              autosize
              minRows={5}
              maxRows={16}
              spellCheck={false}
              classNames={{ input: css.code ?? '' }}
            />
            <TextInput
              label={words.requester}
              description={words.requesterHint}
              value={requester}
              onChange={({ currentTarget: { value } }) => change(text, value)}
            />
            <Group>
              <Button type="submit" loading={simulation.isPending}>
                {words.run}
              </Button>
            </Group>
          </Stack>
        </form>
        <PastRequest
          onTake={(request) => {
            change(writtenContext(request.context), request.requester ?? '');
          }}
        />
      </Stack>
      <section aria-label={words.result} aria-live="polite" className={css.result}>
        <FailureNotice failure={simulation.error} />
        {simulation.data ? (
          <Outcome result={simulation.data.data} written={policy.data?.stages ?? []} />
        ) : (
          !simulation.error && <p className={css.waiting}>{words.notYet}</p>
        )}
      </section>
    </div>
  );
}
