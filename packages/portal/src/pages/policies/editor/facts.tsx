import { SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { Dispatch, ReactNode } from 'react';
import { Sheet } from '../../../blocks/sheet.tsx';
import { t } from '../../../strings/t.ts';
import type { PolicyDraft } from './draft/draft.ts';
import type { DraftChange } from './draft/draft-change.ts';
import { useFinding } from './draft/finding-fields.tsx';

const words = t.policyEditor.facts;

/** What is true of the whole policy; its key is given once. */
export function Facts({
  draft,
  change,
  hasKey,
}: {
  draft: PolicyDraft;
  change: Dispatch<DraftChange>;
  /** The policy exists: its key stays as it is. */
  hasKey: boolean;
}): ReactNode {
  const text = (name: 'name' | 'policy_key' | 'artifact_type' | 'description') => ({
    value: draft[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ do: 'say', facts: { [name]: value } }),
  });
  const flag = (name: 'forbid_self_approval' | 'forbid_repeat_approvers') => ({
    checked: draft[name],
    onChange: ({ currentTarget: { checked } }: { currentTarget: { checked: boolean } }) =>
      change({ do: 'say', facts: { [name]: checked } }),
  });
  return (
    <Sheet title={words.title}>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: hasKey ? 2 : 3 }}>
          <TextInput
            required
            label={words.name}
            description={words.nameHint}
            {...text('name')}
            {...useFinding('name')}
          />
          {!hasKey && <Key {...text('policy_key')} />}
          <TextInput
            required
            label={words.artifact}
            description={words.artifactHint}
            {...text('artifact_type')}
            {...useFinding('artifact_type')}
          />
        </SimpleGrid>
        <Textarea
          label={words.description}
          autosize
          minRows={1}
          {...text('description')}
          {...useFinding('description')}
        />
        <Switch label={words.selfApproval} {...flag('forbid_self_approval')} />
        <Switch label={words.repeat} {...flag('forbid_repeat_approvers')} />
      </Stack>
    </Sheet>
  );
}

function Key(text: {
  value: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
}): ReactNode {
  return (
    <TextInput
      required
      label={words.key}
      description={words.keyHint}
      {...text}
      {...useFinding('policy_key')}
    />
  );
}
