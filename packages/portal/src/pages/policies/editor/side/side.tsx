import type { PolicyCreate, PolicyOut } from '@awe/contract/policies';
import { Button, Stack, Tabs, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useContext } from 'react';
import { Sheet } from '../../../../blocks/sheet.tsx';
import { t } from '../../../../strings/t.ts';
import { FindingsContext } from '../draft/finding-fields.tsx';
import { Check } from './check.tsx';
import css from './side.module.css';

const words = t.policyEditor.side;
const PolicyFlow = lazy(() =>
  import('../../flow/policy-flow.tsx').then(({ PolicyFlow }) => ({ default: PolicyFlow })),
);
const Simulate = lazy(() =>
  import('../../simulate/simulate.tsx').then(({ Simulate }) => ({ default: Simulate })),
);

export type SideTab = 'check' | 'picture' | 'simulate';

/** What stands beside the editor: what is wrong, how it looks, whom it would ask. */
export function Side({
  tab,
  onTab,
  document,
  saved,
  isDirty,
  isSaving,
  onSave,
  onGo,
}: {
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  document: PolicyCreate;
  /** The draft as the service has it; null: it has none. */
  saved: PolicyOut | null;
  isDirty: boolean;
  isSaving: boolean;
  onSave: () => void;
  onGo: (path: string) => void;
}): ReactNode {
  const { faults } = useContext(FindingsContext);
  const stages = document.stages ?? [];
  return (
    <Sheet>
      <Tabs
        value={tab}
        onChange={(next) => onTab(next as SideTab)}
        keepMounted={false}
        aria-label={words.label}
      >
        <Tabs.List>
          <Tabs.Tab value="check">
            {faults.length > 0 ? `${words.check} (${faults.length})` : words.check}
          </Tabs.Tab>
          <Tabs.Tab value="picture">{words.picture}</Tabs.Tab>
          <Tabs.Tab value="simulate">{words.simulate}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="check" className={css.panel ?? ''}>
          <Check stageNames={stages.map(({ name }) => name)} onGo={onGo} />
        </Tabs.Panel>
        <Tabs.Panel value="picture" className={css.panel ?? ''}>
          {stages.length === 0 ? (
            <Text c="dimmed">{words.pictureEmpty}</Text>
          ) : (
            <Suspense fallback={<Text>{t.blocks.loading}</Text>}>
              <PolicyFlow stages={stages} />
            </Suspense>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="simulate" className={css.panel ?? ''}>
          <Stack>
            {(isDirty || saved === null) && (
              <Stack gap="xs" align="flex-start">
                <Text c="dimmed" size="sm">
                  {saved === null ? words.saveFirst : words.stale}
                </Text>
                <Button size="xs" onClick={onSave} loading={isSaving}>
                  {words.saveAndTry}
                </Button>
              </Stack>
            )}
            {saved !== null && (
              <div className={css.narrow}>
                <Suspense fallback={<Text>{t.blocks.loading}</Text>}>
                  <Simulate key={saved.updated_at} policyKey={saved.policy_key} version={saved.version} />
                </Suspense>
              </div>
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Sheet>
  );
}
