import { dirname, join } from 'node:path';
import type { JsonObject } from '@awe/engine/policy';
import type { FileFault } from '../fault.ts';
import { shapeCheck } from '../reading/shape.ts';
import { readDocuments } from '../reading/source-document.ts';
import type { SourceFile } from '../reading/source-files.ts';
import type { Expectation } from './expectation.ts';
import { FIXTURE_SCHEMA } from './fixture-schema.ts';
import type { PeopleDirectory } from './people.ts';

/** `directory` adds to that of the fixture, or takes the place of what is in there. */
export type FixtureCase = {
  name: string;
  line: number;
  context: JsonObject;
  requester: string | null;
  directory: PeopleDirectory;
  expect: Expectation;
};

/** What is expected of a policy. `policy`: the file it stands in, beside the fixture unless it says otherwise. */
export type Fixture = { file: string; policy: string; directory: PeopleDirectory; cases: FixtureCase[] };

type Written = {
  policy?: string;
  directory?: PeopleDirectory;
  cases: (Partial<Omit<FixtureCase, 'line'>> & Pick<FixtureCase, 'name' | 'expect'>)[];
};

const check = shapeCheck(FIXTURE_SCHEMA);

/** The fixtures of a file, one for each of its documents, and what is wrong with it. */
export function readFixtures({ name, path, text }: Omit<SourceFile, 'kind'>): {
  fixtures: Fixture[];
  faults: FileFault[];
} {
  const { documents, faults } = readDocuments(name, text);
  const fixtures = documents.flatMap(({ value, faultAt }) => {
    const wrong = check(value);
    faults.push(...wrong.map(({ steps, message, hint }) => faultAt(steps, message + hint)));
    if (wrong.length > 0) return [];
    const { policy, directory = {}, cases } = value as unknown as Written;
    const beside =
      policy === undefined ? path.replace(/\.simulate(\.\w+)$/i, '$1') : join(dirname(path), policy);
    return {
      file: name,
      policy: beside,
      directory,
      cases: cases.map((each, at) => ({
        context: {},
        requester: null,
        directory: {},
        ...each,
        line: faultAt(['cases', at], '').line,
      })),
    };
  });
  if (documents.length === 0 && faults.length === 0) {
    faults.push({ file: name, line: 1, column: 1, path: '', message: 'holds no cases' });
  }
  return { fixtures, faults };
}
