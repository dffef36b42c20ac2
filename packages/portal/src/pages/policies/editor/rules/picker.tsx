import { Autocomplete, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useOperation } from '../../../../api/use-operation.ts';
import { t } from '../../../../strings/t.ts';
import { useFinding } from '../draft/finding-fields.tsx';
import { useHasDirectory } from './directory.ts';

const words = t.policyEditor.rules;
/** Milliseconds of silence after which the directory is asked. */
const TYPED_MS = 250;
const SHOWN = 20;

type Found = { value: string; said: string };

type PickerProps = {
  label: string;
  hint?: string;
  value: string;
  place: string;
  onChange: (value: string) => void;
  required?: boolean;
};

/** A user id, with people of the directory to choose from. */
export function UserPicker(props: PickerProps): ReactNode {
  const typed = useTyped(props.value);
  const users = useOperation(
    'listKeycloakUsers',
    { query: { search: `*${typed}*`, limit: SHOWN } },
    useAsking(),
  );
  const found = users.data?.map(({ user_id, username, name, email }) => ({
    value: user_id,
    said: [name, username === user_id ? null : username, email].filter(Boolean).join(' · '),
  }));
  return <Picker {...props} found={found} failure={users.error} />;
}

/** A role of the realm, or of `client`. */
export function RolePicker({ client, ...props }: PickerProps & { client: string }): ReactNode {
  const search = useTyped(props.value);
  const query = { client: client || undefined, search, limit: SHOWN };
  const roles = useOperation('listKeycloakRoles', { query }, useAsking());
  const found = roles.data?.map(({ role, description }) => ({ value: role, said: description ?? '' }));
  return <Picker {...props} found={found} failure={roles.error} />;
}

export function ClientPicker(props: PickerProps): ReactNode {
  const search = useTyped(props.value);
  const clients = useOperation('listKeycloakClients', { query: { search, limit: SHOWN } }, useAsking());
  const found = clients.data?.map(({ client, name }) => ({ value: client, said: name ?? '' }));
  return <Picker {...props} found={found} failure={clients.error} />;
}

/** The path of a group; the directory knows groups by the last part of theirs. */
export function GroupPicker(props: PickerProps): ReactNode {
  const search = useTyped(props.value).split('/').at(-1);
  const groups = useOperation('listKeycloakGroups', { query: { search, limit: SHOWN } }, useAsking());
  const found = groups.data?.map(({ group, name }) => ({ value: group, said: name }));
  return <Picker {...props} found={found} failure={groups.error} />;
}

function useTyped(value: string): string {
  const [typed] = useDebouncedValue(value.trim(), TYPED_MS);
  return typed;
}

function useAsking(): { enabled: boolean } {
  return { enabled: useHasDirectory() === true };
}

function Picker({
  label,
  hint,
  value,
  place,
  onChange,
  required = false,
  found = [],
  failure,
}: PickerProps & { found: Found[] | undefined; failure: Error | null }): ReactNode {
  const hasDirectory = useHasDirectory();
  const said = new Map(found.map((each) => [each.value, each.said]));
  const advice = hasDirectory === false ? words.typed : failure !== null ? words.unanswered : null;
  return (
    <Autocomplete
      label={label}
      required={required}
      description={[hint, advice].filter(Boolean).join(' ') || undefined}
      data={[...said.keys()]}
      // The directory has searched already, also in names, which are not in the value.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.value}</Text>
          <Text size="xs" c="dimmed">
            {said.get(option.value)}
          </Text>
        </div>
      )}
      value={value}
      onChange={onChange}
      {...useFinding(place)}
    />
  );
}
