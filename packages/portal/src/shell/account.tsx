import { Menu, Modal, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconBook2,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
  IconUsers,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { DevelopmentSignIn } from '../session/development-sign-in.tsx';
import { signOut, usePrincipal, useSession } from '../session/session.ts';
import { t } from '../strings/t.ts';
import css from './account.module.css';

const SCHEMES = [
  { value: 'light', label: t.shell.scheme.light, icon: IconSun },
  { value: 'dark', label: t.shell.scheme.dark, icon: IconMoon },
  { value: 'auto', label: t.shell.scheme.auto, icon: IconDeviceDesktop },
] as const;

/** Who is signed in, and what is theirs to choose: colours, help, another user, the way out. */
export function Account({ onHelp }: { onHelp: () => void }): ReactNode {
  const session = useSession();
  const { name, isAdmin, isViewer } = usePrincipal();
  const [isSwitching, setSwitching] = useState(false);
  const identity = session.kind === 'starting' ? null : session.identity;
  const isDevelopment = identity?.kind === 'development';
  const role = t.shell.roles[isAdmin ? 'admin' : isViewer ? 'viewer' : 'none'];
  return (
    <>
      <Menu width={250} position="top-start" shadow="lg" radius="lg" trapFocus>
        <Menu.Target>
          <UnstyledButton className={css.account ?? ''} aria-label={t.shell.account(name)}>
            <span className={css.mark} aria-hidden>
              {name.slice(0, 1)}
            </span>
            <span className={css.text}>
              <span className={css.name}>{name}</span>
              <span className={css.role}>{role}</span>
            </span>
            <IconSelector size={16} className={css.more} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Scheme />
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={17} aria-hidden />} onClick={onHelp}>
            {t.shell.shortcuts.open}
          </Menu.Item>
          <Menu.Item
            component="a"
            href="/v1/awe/docs"
            target="_blank"
            leftSection={<IconBook2 size={17} aria-hidden />}
          >
            {t.shell.apiDocs}
          </Menu.Item>
          <Menu.Divider />
          {isDevelopment && (
            <Menu.Item leftSection={<IconUsers size={17} aria-hidden />} onClick={() => setSwitching(true)}>
              {t.shell.switchUser}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={signOut}>
            {t.shell.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {identity && (
        <Modal opened={isSwitching} onClose={() => setSwitching(false)} title={t.shell.switchUser}>
          <DevelopmentSignIn identity={identity} onDone={() => setSwitching(false)} />
        </Modal>
      )}
    </>
  );
}

function Scheme(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={css.scheme}>
      <Text size="xs" c="dimmed" fw={600} mb={6}>
        {t.shell.scheme.label}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t.shell.scheme.label}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={SCHEMES.map(({ value, label, icon: Icon }) => ({
          value,
          label: (
            <span className={css.choice}>
              <Icon size={15} aria-hidden />
              <span className={css.hidden}>{label}</span>
            </span>
          ),
        }))}
      />
    </div>
  );
}
