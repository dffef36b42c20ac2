import type { TaskOut } from '@awe/contract/tasks';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { say } from '../../blocks/notify.ts';
import { t } from '../../strings/t.ts';
import { OutcomeList } from './outcome-list.tsx';
import { TaskName } from './task-name.tsx';
import { type Action, useDecisions } from './use-decisions.ts';

const words = t.inbox.decide;
const COLORS = { approve: 'iris', reject: 'red.8', abstain: 'gray.7' } as const;

/**
 * Asks before it decides `tasks`. One that is decided closes it; several show what became of each. `onClose` is given
 * the ids of those that are decided.
 */
export function DecideDialog({
  action,
  tasks,
  onClose,
}: {
  action: Action;
  tasks: readonly TaskOut[];
  onClose: (decided: readonly string[]) => void;
}): ReactNode {
  const [comment, setComment] = useState('');
  const { outcomes, isRunning, start, stop } = useDecisions();
  const [first] = tasks;
  const isOne = tasks.length === 1;
  const isOver = !isRunning && outcomes.size > 0;
  const decided = tasks.flatMap(({ id }) => (outcomes.get(id)?.kind === 'done' ? [id] : []));
  const refused = [...outcomes.values()].filter(({ kind }) => kind === 'refused').length;
  const only = first && outcomes.get(first.id);
  const run = async () => {
    const results = await start(tasks, { action, comment: comment.trim() || null });
    if (results.size < tasks.length || [...results.values()].some(({ kind }) => kind !== 'done')) return;
    say(words.done[action](tasks.length));
    onClose([...results.keys()]);
  };
  const close = () => {
    if (!isRunning) onClose(decided);
  };
  return (
    <Modal opened onClose={close} title={words.title[action](tasks.length)} size="lg">
      <Stack>
        {isOne && first ? (
          <TaskName request_id={first.request_id} />
        ) : (
          <OutcomeList tasks={tasks} outcomes={outcomes} />
        )}
        {!isOver && <Text c="dimmed">{words.means[action]}</Text>}
        {(isOne || outcomes.size === 0) && (
          <Textarea
            data-autofocus
            label={words.comment}
            description={isOne ? words.commentHint : words.commentForAll}
            autosize
            minRows={2}
            maxRows={8}
            value={comment}
            disabled={isRunning}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
            onKeyDown={getHotkeyHandler([['mod+Enter', () => void run()]])}
          />
        )}
        {isOne && only?.kind === 'refused' && <FailureNotice failure={only.failure} />}
        {!isOne && isOver && (
          <Text role="status">
            {[
              decided.length > 0 ? words.done[action](decided.length) : '',
              refused > 0 ? words.refused(refused) : '',
              tasks.length > outcomes.size ? words.stopped(tasks.length - outcomes.size) : '',
            ]
              .filter((each) => each !== '')
              .join(' ')}
          </Text>
        )}
        <Group justify="flex-end">
          {!isOne && isOver ? (
            <Button onClick={close} data-autofocus>
              {words.close}
            </Button>
          ) : (
            <>
              {isRunning && !isOne ? (
                <Button variant="default" onClick={stop}>
                  {words.stop}
                </Button>
              ) : (
                <Button variant="default" onClick={close} disabled={isRunning}>
                  {t.blocks.cancel}
                </Button>
              )}
              <Button color={COLORS[action]} onClick={() => void run()} loading={isRunning}>
                {t.inbox.actions[action]}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
