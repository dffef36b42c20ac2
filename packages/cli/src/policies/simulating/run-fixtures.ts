import { relative } from 'node:path';
import type { Definition } from '../definition.ts';
import { type FileFault, inOrder } from '../fault.ts';
import { loadPolicies } from '../policy-files.ts';
import type { SourceFile } from '../reading/source-files.ts';
import { type Difference, differences } from './expectation.ts';
import { type Fixture, type FixtureCase, readFixtures } from './fixture.ts';
import { mergeDirectories } from './people.ts';
import { simulateOffline } from './simulate-offline.ts';

/** What became of one case; without differences it passed. */
export type CaseResult = {
  file: string;
  line: number;
  policy_key: string;
  name: string;
  differences: Difference[];
};

/** Runs every case of the fixtures given against the policies beside them, with no service. */
export async function runFixtures(
  files: readonly SourceFile[],
  cwd: string,
): Promise<{ results: CaseResult[]; faults: FileFault[] }> {
  const results: CaseResult[] = [];
  const faults: FileFault[] = [];
  for (const file of files) {
    const read = readFixtures(file);
    faults.push(...read.faults);
    for (const fixture of read.fixtures) {
      const { policies, faults: wrong } = await loadPolicies([relative(cwd, fixture.policy)], cwd);
      faults.push(...wrong);
      if (policies.length === 0 && wrong.length === 0) {
        faults.push({
          file: fixture.file,
          line: 1,
          column: 1,
          path: 'policy',
          message: 'leads to no policy',
        });
      }
      for (const { definition } of policies) {
        results.push(...fixture.cases.map((each) => runCase(definition, fixture, each)));
      }
    }
  }
  return { results, faults: inOrder(faults) };
}

function runCase(
  definition: Definition,
  fixture: Fixture,
  { name, line, context, requester, directory, expect }: FixtureCase,
): CaseResult {
  const sample = { context, requester, directory: mergeDirectories(fixture.directory, directory) };
  const found = differences(expect, simulateOffline(definition, sample));
  return { file: fixture.file, line, policy_key: definition.policy_key, name, differences: found };
}
