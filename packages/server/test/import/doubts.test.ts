import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../postgres.ts';
import { idOf, move, openReference, type Reference } from './move.ts';

let reference: Reference;
let target: FreshDatabase;

beforeAll(async () => {
  [reference, target] = await Promise.all([openReference(), freshDatabase()]);
  // So that a case is undone by taking these back.
  await reference.run(TABLES.map((table) => `create table kept_${table} as table ${table}`).join(';'));
});

afterAll(async () => {
  await Promise.all([reference.drop(), target.drop()]);
});

const TABLES = [
  'approval_policy',
  'approval_stage',
  'approver_rule',
  'approval_request',
  'approval_task',
  'approval_decision',
  'approval_event',
];

/** The report on a source in which only this was changed. */
async function after(change: string) {
  await reference.run(`set session_replication_role = replica; ${change}`);
  const report = await move(reference.url, target.url);
  const back = TABLES.map((table) => `delete from ${table}; insert into ${table} table kept_${table}`);
  await reference.run(`set session_replication_role = replica; ${back.join(';')}`);
  return report;
}

const set = (table: string, n: number, values: string) =>
  `update ${table} set ${values} where id = '${idOf(n)}'`;
const event = (request: number, type: string, payload: object) =>
  `insert into approval_event values ('${idOf(999)}', '${idOf(request)}', '${type}', '${JSON.stringify(payload)}', '2030-01-01T01:00:00Z')`;

describe('a request in flight is left out', () => {
  it.each([
    [
      112,
      'it stands somewhere else',
      set('approval_request', 112, 'current_stage_order = 2'),
      'it stands at stage 2, and the people who are asked belong to stage 1',
    ],
    [
      112,
      'it names another version',
      set('approval_request', 112, 'policy_version = 1'),
      'it names version 1 and is pinned to version 2',
    ],
    [
      112,
      'it names another policy',
      set('approval_request', 112, "policy_key = 'both'"),
      'it names the policy both and is pinned to a version of land',
    ],
    [
      112,
      'it is still pending',
      set('approval_request', 112, "status = 'pending'"),
      'it is pending, and what happened makes it in_review',
    ],
    [
      112,
      'more approvals are needed than people are asked',
      set('approval_stage', 21, 'mode_value = 3'),
      'stage 1 needs 3 approvals and asks 2 people',
    ],
    [
      112,
      'another number of approvals was told',
      event(112, 'stage_started', { stage_order: 1, needed: 2 }),
      'stage 1 needs 2 approvals there, and 1 here',
    ],
    [
      112,
      'the stage was escalated',
      event(112, 'stage_escalated', { stage_order: 1 }),
      'stage 1 was escalated: how many approvals it needs since cannot be known',
    ],
    [
      112,
      'one person is asked twice',
      set('approval_task', 1122, "assignee = 'alice'"),
      'its rows do not make one story: impossible timeline at event 2 (stage_started): alice has a seat on this stage already',
    ],
    [
      112,
      'nobody can have that id',
      set('approval_task', 1122, "assignee = ' '"),
      'an assignee of stage 1 is blank',
    ],
    [
      112,
      'a task is of a stage of another policy',
      set('approval_task', 1122, `stage_id = '${idOf(31)}'`),
      `the task ${idOf(1122)} is of a stage that its policy does not have`,
    ],
    [
      112,
      'a reject is there that would have ended it',
      `${set('approval_task', 1122, "status = 'completed'")}; insert into approval_decision select '${idOf(999)}', request_id, id, 1, 'bob', 'reject', null, null, created_at from approval_task where id = '${idOf(1122)}'`,
      'stage 1 is open there, and its votes would have rejected it here',
    ],
    [
      124,
      'the one who took a task over is missing',
      set('approval_task', 1242, 'reassigned_from = null'),
      'its rows do not make one story: stage 1: it, or a task of it, is not as the timeline tells',
    ],
    [
      110,
      'one task has two decisions',
      `insert into approval_decision select '${idOf(999)}', request_id, task_id, 1, 'bob', 'approve', null, null, created_at from approval_decision where task_id = '${idOf(1101)}'`,
      `the task ${idOf(1101)} has more than one decision`,
    ],
    [
      110,
      'the person who must sign was asked under another name',
      set('approval_task', 1104, "delegated_from = 'emil'"),
      'dora must sign stage 2, and has no task there',
    ],
    [
      110,
      'its policy is not taken over',
      set('approval_policy', 1, 'version = 9'),
      'its policy version is not taken over',
    ],
    [
      111,
      'a stage of the group has no tasks',
      `delete from approval_task where id = '${idOf(1112)}'`,
      'nobody is asked any more, and it has not ended: its next stage was never started',
    ],
    [
      111,
      'a sibling was passed over without a reason',
      `delete from approval_decision where id = '${idOf(1113)}'; delete from approval_task where id = '${idOf(1111)}'`,
      'stage 1 was passed over there, and it cannot be shown that it would be here',
    ],
  ])('%i: %s', async (n, _, change, reason) => {
    const { left_out } = await after(change);
    expect(left_out.find((each) => each.id === idOf(n))).toMatchObject({ in_flight: true, reason });
  });
});

it('a required seat that was given away in place is its new holder’s', async () => {
  const { left_out, open_requests } = await after(
    set('approval_task', 1104, "assignee = 'dan', reassigned_from = 'dora'"),
  );
  expect(left_out.map((each) => each.id)).not.toContain(idOf(110));
  expect(open_requests).toBe(5);
});

describe('a policy version', () => {
  it('without version 1 of its key is left out', async () => {
    const { left_out } = await after(set('approval_policy', 1, 'version = 9'));
    expect(
      left_out.filter((each) => each.kind === 'policy').map(({ name, reason }) => [name, reason]),
    ).toEqual([
      ['land version 9', 'version 1 of this key is not there, and stands for the key here'],
      ['land version 2', 'version 1 of this key is not there, and stands for the key here'],
      ['land version 3', 'version 1 of this key is not there, and stands for the key here'],
    ]);
  });

  it('of which two are active is archived until somebody says which one is meant', async () => {
    const { archived_policies, left_out } = await after(set('approval_policy', 3, "status = 'active'"));
    expect(archived_policies.map(({ name }) => name)).toEqual([
      'land version 2',
      'land version 3',
      'odd version 1',
    ]);
    expect(left_out.find((each) => each.id === idOf(112))?.reason).toBe(
      'its policy (land version 2) cannot work here',
    );
  });

  it('with two stages of one order is left out, and what is pinned to it', async () => {
    const { left_out } = await after(set('approval_stage', 42, 'stage_order = 1'));
    expect(left_out.find((each) => each.id === idOf(4))?.reason).toBe(
      'two stages have the same stage_order, so that nobody can say which tasks belong to which',
    );
    expect(left_out.find((each) => each.id === idOf(111))?.reason).toBe(
      'its policy version is not taken over',
    );
  });

  it('keeps the escalation rules that its API shows', async () => {
    const rules = JSON.stringify([{ rule_type: 'user', rule_value: { user_id: 'boss' } }]);
    const { archived_policies } = await after(
      `${set('approval_stage', 61, `on_breach = 'escalate', escalation_rules = '${rules}'`)}`,
    );
    expect(archived_policies.map(({ name }) => name)).toEqual(['odd version 1']);
  });
});
