import type { CheckpointOut } from '@awe/contract/integrity';
import { Button, Tooltip } from '@mantine/core';
import { IconShieldDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { say } from '../../blocks/notify.ts';
import { Can } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';

const words = t.audit.checkpoint;

/** Makes a signed checkpoint of everything so far, and hands it to the viewer as a file of one line each. */
export function CheckpointDownload(): ReactNode {
  const get = useMutation({
    mutationFn: newCheckpoints,
    onSuccess: (checkpoints) => {
      save(checkpoints);
      say(words.done(checkpoints.length));
    },
  });
  return (
    <Can call="checkpoint">
      <Tooltip label={words.lead} multiline w={300}>
        <Button
          variant="default"
          leftSection={<IconShieldDown size={18} aria-hidden />}
          loading={get.isPending}
          onClick={() => get.mutate()}
        >
          {words.get}
        </Button>
      </Tooltip>
      <FailureNotice failure={get.error} />
    </Can>
  );
}

/** One takes only so many requests: the service says when there are more. */
async function newCheckpoints(): Promise<CheckpointOut[]> {
  const checkpoints: CheckpointOut[] = [];
  let isMore = true;
  while (isMore) {
    const { data } = await call('checkpoint');
    checkpoints.push(data);
    isMore = data.more;
  }
  return checkpoints;
}

function save(checkpoints: readonly CheckpointOut[]): void {
  const lines = checkpoints.map((each) => `${JSON.stringify(each)}\n`);
  const address = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `awe-checkpoint-${checkpoints.at(-1)?.number}.ndjson`;
  link.click();
  URL.revokeObjectURL(address);
}
