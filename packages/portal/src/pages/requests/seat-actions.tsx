import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconGavel, IconUserShare } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Can } from '../../session/may.tsx';
import { usePrincipal } from '../../session/session.ts';
import { t } from '../../strings/t.ts';
import { Decide } from './decide.tsx';
import { Reassign } from './reassign.tsx';
import type { Seat, StageView } from './told-approval.ts';

const words = t.requests.people;

/** What an administrator may do about somebody’s task. One’s own is decided at the top of the page. */
export function SeatActions({ view, seat }: { view: StageView; seat: Seat }): ReactNode {
  const { id: own } = usePrincipal();
  const [chosen, setChosen] = useState<'decide' | 'reassign' | null>(null);
  const close = () => setChosen(null);
  return (
    <Can call="reassignTask">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={words.actions(seat.assignee)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {seat.assignee !== own && (
            <Menu.Item leftSection={<IconGavel size={16} aria-hidden />} onClick={() => setChosen('decide')}>
              {words.onBehalf(seat.assignee)}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconUserShare size={16} aria-hidden />}
            onClick={() => setChosen('reassign')}
          >
            {words.reassign}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {chosen === 'decide' && <Decide view={view} seat={seat} onClose={close} />}
      {chosen === 'reassign' && <Reassign seat={seat} onClose={close} />}
    </Can>
  );
}
