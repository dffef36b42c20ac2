import { readMapping } from '@awe/server/import/mapping';
import { needsAttention } from '@awe/server/import/report';
import { tellReport } from '@awe/server/import/tell-report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { idOf, type Move, move, openReference, type Reference } from './move.ts';

let reference: Reference;
let target: FreshDatabase;

beforeAll(async () => {
  [reference, target] = await Promise.all([openReference(), freshDatabase()]);
});

afterAll(async () => {
  await Promise.all([reference.drop(), target.drop()]);
});

const attempt = (options?: Move) => move(reference.url, target.url, options);

/** What stands in the way, by its place. */
async function inTheWay(map?: string): Promise<Record<string, string>> {
  const { faults } = await attempt(map === undefined ? {} : { map });
  return Object.fromEntries(faults.map(({ path, message }) => [path, message]));
}

describe('a source that is not as it is known', () => {
  it('is not read further: every table and column is told, with the way out, and nothing is written', async () => {
    await reference.run(`
      alter table approval_task rename column assignee to assigned_to;
      alter table approver_rule add column purpose text;
      alter table approval_request alter column created_at type timestamp using created_at at time zone 'UTC';
      alter table approval_stage alter column stage_order type numeric;
      alter table approval_decision rename to decision_log`);
    const report = await attempt({ write: true });
    expect(report.written).toBe(false);
    expect(needsAttention(report)).toBe(true);
    expect(report.tallies.policy.read).toBe(0);
    expect(Object.fromEntries(report.faults.map(({ path, message }) => [path, message]))).toEqual({
      'approval_task.assignee':
        'there is no such column: name the one that holds it in the mapping file, tables.approval_task.columns.assignee',
      'approval_task.assigned_to':
        'is not known, and could change what the other columns mean: say which column it is in the mapping file, tables.approval_task.columns, or that it does not matter, tables.approval_task.ignore',
      'approver_rule.purpose':
        'is not known, and could change what the other columns mean: say which column it is in the mapping file, tables.approver_rule.columns, or that it does not matter, tables.approver_rule.ignore',
      'approval_request.created_at':
        'is a time without a zone: if they are UTC, say "times_without_zone: UTC" in the mapping file',
      'approval_stage.stage_order': 'is numeric, and can only be read as integer, smallint, bigint',
      approval_decision:
        'there is no such table: name the one that holds it in the mapping file, tables.approval_decision.name, or set the search_path in the address of the source',
    });
    expect(tellReport(report)[0]).toContain('Nothing was written.');
    await reference.run('alter table approval_stage alter column stage_order type integer');
  });

  const MAP = `
    times_without_zone: UTC
    tables:
      approval_task: { columns: { assignee: assigned_to } }
      approver_rule: { ignore: [purpose] }
      approval_decision: { name: decision_log }`;

  it('is read with a mapping file as if it were', async () => {
    const report = await attempt({ map: MAP });
    expect(report.faults).toEqual([]);
    expect(report.tallies.request).toMatchObject({ read: 26, imported: 10 });
  });

  it('a mapping that names a column which is not there is told, too', async () => {
    expect(await inTheWay(`${MAP}\n      approval_policy: { columns: { name: title } }`)).toMatchObject({
      'approval_policy.title': expect.stringContaining('there is no such column'),
      'approval_policy.name': expect.stringContaining('is not known'),
    });
  });

  it('other words for the same are translated', async () => {
    await reference.run(`update approval_task set status = 'OPEN' where request_id = '${idOf(112)}'`);
    const isLeftOut = async (map: string) =>
      (await attempt({ map })).left_out.find((each) => each.id === idOf(112))?.reason;
    expect(await isLeftOut(MAP)).toBe(
      `the task ${idOf(1121)}: status is "OPEN", none of open, claimed, completed, skipped, expired, reassigned`,
    );
    const words = 'approval_task: { columns: { assignee: assigned_to }, values: { status: { OPEN: open } } }';
    expect(await isLeftOut(MAP.replace(/approval_task: .*/, words))).toBeUndefined();
  });

  it('a request whose webhooks a named secret signs is taken over when the mapping names one that is here', async () => {
    const secret = idOf(77);
    const map = `${MAP}\n    secrets: { ${idOf(900)}: ${secret} }`;
    const reason = async () =>
      (await attempt({ map })).left_out.find((each) => each.id === idOf(116))?.reason;
    expect(await reason()).toBe(
      `its webhooks are signed with the secret ${idOf(900)}, and ${secret}, which the mapping names, is no secret here`,
    );
    const database = openFresh(target, 1);
    await database.pool.query(
      'insert into callback_secret (id, name, sealed, effective_at, created_at) values ($1, $2, $2, now(), now())',
      [secret, 'registry'],
    );
    await database.close();
    expect(await reason()).toBeUndefined();
    expect((await attempt({ map })).secrets).toEqual([
      { id: idOf(900), name: 'registry', here: secret, open_requests: 1 },
    ]);
  });
});

describe('a mapping file', () => {
  it.each([
    ['tables: [', 'mapping', 'Flow sequence in block collection must be'],
    ['tables: { approval_taks: {} }', 'mapping.tables.approval_taks', 'is no table that is imported'],
    ['renames: {}', 'mapping.renames', 'is nothing that a mapping can say'],
    ['times_without_zone: Europe/Berlin', 'mapping.times_without_zone', 'must be equal to constant'],
  ])('%s: is refused at %s', (text, path, message) => {
    const [fault] = readMapping(text).faults;
    expect(fault).toEqual({ path, message: expect.stringContaining(message) });
  });
});
