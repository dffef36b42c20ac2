import type { PolicyOut } from '@awe/contract/policies';
import { Stack, Tabs } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sheet } from '../../../blocks/sheet.tsx';
import { t } from '../../../strings/t.ts';
import { PolicyFlow } from '../flow/policy-flow.tsx';
import { Simulate } from '../simulate/simulate.tsx';
import { Remarks } from './remarks.tsx';
import { StageDetails } from './stage-details.tsx';
import type { VersionHistory } from './use-versions.ts';
import { Versions } from './versions.tsx';

const words = t.policies.page;
const TABS = ['flow', 'versions', 'simulate'] as const;

/** What there is to see of a version. The tab is in the address, so that it can be shared. */
export function PolicyTabs({
  policy,
  versions,
}: {
  policy: PolicyOut;
  versions: readonly VersionHistory[];
}): ReactNode {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const tab = TABS.find((each) => each === hash) ?? 'flow';
  return (
    <Tabs
      value={tab}
      onChange={(value) =>
        void navigate({
          to: '.',
          hash: value ?? '',
          replace: true,
          resetScroll: false,
          hashScrollIntoView: false,
        })
      }
      keepMounted={false}
    >
      <Tabs.List mb="lg">
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {words.tabs[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="flow">
        <Stack>
          <Remarks policy={policy} />
          <Sheet title={words.flow.title}>
            <PolicyFlow stages={policy.stages ?? []} />
          </Sheet>
          <StageDetails policy={policy} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <Versions policyKey={policy.policy_key} shown={policy.version} versions={versions} />
      </Tabs.Panel>
      <Tabs.Panel value="simulate">
        <Sheet>
          <Simulate policyKey={policy.policy_key} version={policy.version} />
        </Sheet>
      </Tabs.Panel>
    </Tabs>
  );
}
