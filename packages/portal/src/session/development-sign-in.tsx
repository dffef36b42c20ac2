import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { t } from '../strings/t.ts';
import {
  type DevelopmentRole,
  type DevelopmentUser,
  keepDevelopmentUser,
  recentUsers,
  unsignedToken,
} from './development.ts';
import type { Identity } from './identity.ts';
import { admit } from './session.ts';

const words = t.session.development;
const ROLES: readonly DevelopmentRole[] = ['AWE_ADMIN', 'AWE_VIEWER', 'none'];
const FIRST: readonly DevelopmentUser[] = [
  { id: 'ada', role: 'AWE_ADMIN' },
  { id: 'vera', role: 'AWE_VIEWER' },
  { id: 'u-alice', role: 'none' },
];

/** Becomes anybody, with any role. */
export function DevelopmentSignIn({
  identity,
  onDone,
}: {
  identity: Identity;
  onDone?: () => void;
}): ReactNode {
  const [id, setId] = useState('');
  const [role, setRole] = useState<DevelopmentRole>('none');
  const [isMissing, setMissing] = useState(false);
  const become = (user: DevelopmentUser) => {
    keepDevelopmentUser(user);
    admit(identity, unsignedToken(user));
    onDone?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim() === '') setMissing(true);
    else become({ id: id.trim(), role });
  };
  const recent = recentUsers();
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>
          <Text fw={650}>{words.title}</Text>
          <Text c="dimmed" size="sm">
            {words.text}
          </Text>
        </div>
        <Group gap="xs" role="group" aria-label={words.recent}>
          {(recent.length > 0 ? recent : FIRST).map((user) => (
            <Button
              key={`${user.id} ${user.role}`}
              variant="default"
              size="compact-md"
              onClick={() => become(user)}
              aria-label={words.be(user.id, words.roles[user.role])}
            >
              {user.id}
              <Text span c="dimmed" size="xs" ml={6}>
                {words.shortRoles[user.role]}
              </Text>
            </Button>
          ))}
        </Group>
        <TextInput
          label={words.id}
          description={words.idHint}
          value={id}
          error={isMissing ? words.missing : null}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          onChange={({ currentTarget }) => {
            setId(currentTarget.value);
            setMissing(false);
          }}
        />
        <SegmentedControl
          fullWidth
          aria-label={words.role}
          value={role}
          onChange={(value) => setRole(value as DevelopmentRole)}
          data={ROLES.map((value) => ({ value, label: words.shortRoles[value] }))}
        />
        <Button type="submit" size="md">
          {words.submit}
        </Button>
      </Stack>
    </form>
  );
}
