import { ActionIcon, Button, NativeSelect, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ActionProps, CombinatorSelectorProps, NotToggleProps } from 'react-querybuilder';
import { t } from '../../../../strings/t.ts';

const words = t.policyEditor.logic;
const COMBINATORS = Object.entries(words.combinators).map(([value, label]) => ({ value, label }));

export function Combinator({ value, handleOnChange }: CombinatorSelectorProps): ReactNode {
  return (
    <NativeSelect
      size="xs"
      aria-label={words.combinator}
      data={COMBINATORS}
      value={value ?? 'and'}
      onChange={({ currentTarget }) => handleOnChange(currentTarget.value)}
    />
  );
}

export function Negation({ checked = false, handleOnChange }: NotToggleProps): ReactNode {
  return (
    <Switch
      size="xs"
      label={words.not}
      checked={checked}
      onChange={({ currentTarget }) => handleOnChange(currentTarget.checked)}
    />
  );
}

export function AddLine(props: ActionProps): ReactNode {
  return <Add {...props}>{words.addRule}</Add>;
}

export function AddGroup(props: ActionProps): ReactNode {
  return <Add {...props}>{words.addGroup}</Add>;
}

function Add({ handleOnClick, children }: ActionProps & { children: ReactNode }): ReactNode {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={(event) => handleOnClick(event)}
    >
      {children}
    </Button>
  );
}

export function RemoveGroup({ handleOnClick }: ActionProps): ReactNode {
  return (
    <ActionIcon size="sm" aria-label={words.removeGroup} onClick={(event) => handleOnClick(event)}>
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}
