import { policyDiff } from '@awe/wording/strings/diff';
import { policyWords } from '@awe/wording/strings/words';
import { policyPage } from './policy-page.ts';

export const policies = {
  title: 'Policies',
  lead: 'Who must approve what.',
  add: 'New policy',
  search: 'Search',
  searchHint: 'Name, key or artifact type',
  columns: {
    policy: 'Policy',
    artifact: 'For',
    stages: 'Stages',
    newest: 'Newest version',
    active: 'In force',
  },
  version: (version: number) => `Version ${version}`,
  shortVersion: (version: number) => `v${version}`,
  noneActive: 'None',
  empty: {
    title: 'There are no policies yet',
    text: 'A policy says who must approve a kind of artifact, in which order, and by when.',
    textForViewers: 'Once an administrator writes one, it appears here.',
    filteredTitle: 'No policy matches',
    filteredText: 'Search for less, or for another word of its name, key or artifact type.',
  },
  words: policyWords,
  diff: policyDiff,
  page: policyPage,
};
