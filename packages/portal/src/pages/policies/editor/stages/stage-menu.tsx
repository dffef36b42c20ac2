import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconColumns2,
  IconCopy,
  IconDots,
  IconStairsUp,
  IconTrash,
} from '@tabler/icons-react';
import type { Dispatch, ReactNode } from 'react';
import { t } from '../../../../strings/t.ts';
import type { StageDraft } from '../draft/draft.ts';
import { copyOf, type DraftChange } from '../draft/draft-change.ts';

const words = t.policyEditor.stages;
const ICON = { size: 16, 'aria-hidden': true } as const;

/** What can be done with a whole stage, without dragging it. */
export function StageMenu({
  stage,
  name,
  at,
  total,
  onCopy,
  onRemove,
  change,
}: {
  stage: StageDraft;
  name: string;
  at: number;
  total: number;
  onCopy: (copy: StageDraft) => void;
  onRemove: () => void;
  change: Dispatch<DraftChange>;
}): ReactNode {
  const move = (to: number) => change({ do: 'move', id: stage.id, to, joined: false });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={words.more(name)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp {...ICON} />} disabled={at === 0} onClick={() => move(at - 1)}>
          {words.up}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown {...ICON} />}
          disabled={at === total - 1}
          onClick={() => move(at + 1)}
        >
          {words.down}
        </Menu.Item>
        {at > 0 && (
          <Menu.Item
            leftSection={stage.joined ? <IconStairsUp {...ICON} /> : <IconColumns2 {...ICON} />}
            onClick={() => change({ do: 'join', id: stage.id, joined: !stage.joined })}
          >
            {stage.joined ? words.part : words.join}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconCopy {...ICON} />}
          onClick={() => onCopy(copyOf(stage, words.copyOf(name)))}
        >
          {words.duplicate}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash {...ICON} />} onClick={onRemove}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
