import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { usePrincipal } from '../session/session.ts';
import { t } from '../strings/t.ts';
import { menuOf } from './pages-in-menu.ts';

/** Milliseconds in which the second key of two has to follow. */
const TOGETHER_MS = 1_200;
const TYPING = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';

/** Keys that lead about: `g` and a letter to a page, `/` to the first filter, `?` to the list of them all. */
export function Shortcuts({
  isHelpOpen,
  help,
}: {
  isHelpOpen: boolean;
  help: { open: () => void; close: () => void };
}): ReactNode {
  const navigate = useNavigate();
  const pages = menuOf(usePrincipal()).flatMap((group) => group.pages);
  const leader = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, timeStamp } = event;
      if (ctrlKey || metaKey || altKey || (target instanceof Element && target.closest(TYPING))) return;
      const isSecond = timeStamp - leader.current < TOGETHER_MS;
      leader.current = key === 'g' ? timeStamp : Number.NEGATIVE_INFINITY;
      const page = isSecond ? pages.find((each) => each.key === key) : undefined;
      if (page) void navigate({ to: page.to });
      else if (key === '?') help.open();
      else if (key === '/') focusFirstFilter(event);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [navigate, pages, help]);
  return (
    <Modal opened={isHelpOpen} onClose={help.close} title={t.shell.shortcuts.open}>
      <Stack gap="xs">
        <Line keys={['?']} does={t.shell.shortcuts.help} />
        <Line keys={['/']} does={t.shell.shortcuts.search} />
        {pages.map(({ key, label }) => (
          <Line key={key} keys={['g', key]} does={t.shell.shortcuts.goTo(label)} />
        ))}
      </Stack>
    </Modal>
  );
}

function focusFirstFilter(event: KeyboardEvent): void {
  const filter = document.querySelector<HTMLElement>('search input, search select');
  if (!filter) return;
  event.preventDefault();
  filter.focus();
}

function Line({ keys, does }: { keys: readonly string[]; does: string }): ReactNode {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text>{does}</Text>
      <Group gap={6} wrap="nowrap">
        {keys.map((key, index) => (
          <Group key={key} gap={6} wrap="nowrap">
            {index > 0 && (
              <Text size="xs" c="dimmed">
                {t.shell.shortcuts.andThen}
              </Text>
            )}
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Group>
    </Group>
  );
}
