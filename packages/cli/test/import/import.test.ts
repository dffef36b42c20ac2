import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReference, type Reference } from '../../../server/test/import/move.ts';
import { emptyDatabase, type FreshDatabase } from '../../../server/test/postgres.ts';
import { type Given, runAwe } from '../run-awe.ts';
import { scratchDirectory } from '../scratch-directory.ts';

const directory = scratchDirectory();

let reference: Reference;
let target: FreshDatabase;

beforeAll(async () => {
  [reference, target] = await Promise.all([openReference(), emptyDatabase()]);
});

afterAll(async () => {
  await Promise.all([reference.drop(), target.drop()]);
});

const awe = (line: readonly string[], given: Given = {}) =>
  runAwe(['import', ...line], {
    cwd: directory(),
    env: { AWE_IMPORT_FROM: reference.url, DATABASE_URL: target.url },
    ...given,
  });

describe('awe import', () => {
  it('without --write reports, and ends with 1 while something in flight is left out', async () => {
    const { code, stdout, stderr } = await awe([]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('IN FLIGHT AND LEFT OUT');
    expect(stdout).toContain(
      'requests: 26 read, 10 to be imported, 0 here already, 16 left out, 0 conflicting\n',
    );
    expect(stdout).toMatch(/Nothing was written: this was a dry run\. Add --write to import\.\n$/);
  });

  it('shows what others wrote on one line and unable to colour it', async () => {
    await reference.run(
      `update approval_request set artifact_id = e'\\x1b[2Jgone\\nfake' where artifact_id = 'a-121'`,
    );
    const { stdout } = await awe([]);
    expect(stdout).toContain('(test.artifact \\u001b[2Jgone fake): nobody has been asked yet');
  });

  it('with --write migrates and imports; the second time there is nothing to do', async () => {
    const first = await awe(['--write', '--by', 'ada']);
    expect(first.stderr).toContain('migrated the database to 0001_approvals');
    expect(first.stdout).toMatch(/Written, in one transaction\.\n$/);
    const again = await awe(['--write', '--by', 'ada', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      written: true,
      tallies: { request: { imported: 0, already_here: 10 } },
    });
  });

  it('ends with 0 when nothing in flight is left out', async () => {
    await reference.run(`
      delete from approval_event; delete from approval_decision; delete from approval_task; delete from approval_request;
      delete from approver_rule r using approval_stage s where s.id = r.stage_id and s.mode = 'weighted';
      delete from approval_stage where mode = 'weighted'; delete from approval_policy where policy_key = 'odd'`);
    expect((await awe([])).code).toBe(0);
  });

  it.each([
    [
      [],
      { AWE_IMPORT_FROM: undefined },
      'awe: Say which database to import from, with --from or AWE_IMPORT_FROM.\n',
    ],
    [['--write'], {}, 'awe: --write needs --by: the audit log names who imports.\n'],
    [['--map', 'nowhere.yaml'], {}, 'awe: --map: nowhere.yaml cannot be read: '],
    [[], { DATABASE_URL: undefined }, 'awe: Set DATABASE_URL to the PostgreSQL that the service will run on'],
    [['--from', 'same'], {}, 'awe: --from and DATABASE_URL both lead to the database "'],
  ] as const)('refuses %j with %j as wrong usage', async (line, env, message) => {
    const all = { AWE_IMPORT_FROM: reference.url, DATABASE_URL: target.url, ...env };
    const set = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const words = line.map((word) => (word === 'same' ? target.url : word));
    const { code, stdout, stderr } = await awe(words, { env: Object.fromEntries(set) });
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('refuses a mapping file that means nothing, and names the place', async () => {
    await writeFile(join(directory(), 'mapping.yaml'), 'tables: { approval_taks: {} }');
    const { code, stdout, stderr } = await awe(['--map', 'mapping.yaml']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^awe: mapping\.yaml cannot be used: mapping\.tables\.approval_taks is no table/);
  });
});
