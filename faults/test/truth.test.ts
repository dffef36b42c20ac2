import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, openStand, person, type Stand } from '../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../truth/ledger-faults.ts';
import { MUTATIONS, request } from './ledger-mutations.ts';

let stand: Stand;
const ids = { approved: '', open: '', silent: '' };

beforeAll(async () => {
  stand = await openStand();
  const story = storyOf(stand);
  const rules = [user('alice'), user('bob')];
  await stand.publish(policyOf('two', [{ rules }, { rules: [user('carl')] }]));
  const told = { callback_url: stand.receiver.url };
  for (const name of ['approved', 'open'] as const) {
    const { body } = await story.create('two', told, { 'idempotency-key': name });
    ids[name] = body.request_id;
    await story.decide(ids[name], 'alice', 'approve');
  }
  await story.decide(ids.approved, 'bob', 'approve');
  await story.decide(ids.approved, 'carl', 'approve');
  const { id } = await story.taskOf(ids.open, 'bob');
  await stand.call(admin, 'POST', `/tasks/${id}/reassign`, { new_assignee: 'dora' });
  const given = await story.taskOf(ids.open, 'dora');
  await stand.call(person('dora'), 'POST', `/tasks/${given.id}/claim`);
  ids.silent = (await story.create('two')).body.request_id;
  await story.decide(ids.silent, 'alice', 'reject');
});
afterAll(() => stand.close());

/** What the ledger says after somebody changed it by hand, which is undone. */
async function faultsAfter(statements: string[], id: string, asked?: string): Promise<string[]> {
  await stand.sql('begin');
  try {
    for (const statement of statements) await stand.sql(statement.replaceAll('$id', `'${id}'`));
    return await ledgerFaults(stand.sql, asked);
  } finally {
    await stand.sql('rollback');
  }
}

describe('the truth about a ledger', () => {
  it('is that nothing is wrong with what the service wrote', async () => {
    expect(await ledgerFaults(stand.sql)).toEqual([]);
    for (const id of Object.values(ids)) expect(await ledgerFaults(stand.sql, id)).toEqual([]);
  });

  it.each(MUTATIONS)('names %s', async (_, where, statements, says) => {
    const id = ids[where];
    const faults = await faultsAfter(statements, id);
    const about = `request ${id}: `;
    expect(faults.filter((fault) => !fault.startsWith(about))).toEqual([]);
    const sentence = typeof says === 'string' ? says : expect.stringMatching(says);
    expect(faults.map((fault) => fault.slice(about.length))).toContainEqual(sentence);
    expect(await faultsAfter(statements, id, id)).toEqual(faults);
  });

  it('is told of one request alone when only that one is asked for', async () => {
    expect(await faultsAfter([request('sequence = 4')], ids.open, ids.approved)).toEqual([]);
  });

  it('is looked for in every request, page after page', async () => {
    const last = (statement: string) =>
      `${statement} where id = (select max(id::text) from approval_request)::uuid`;
    await stand.sql('begin');
    try {
      await stand.sql(
        `insert into approval_request (id, policy_id, policy_key, policy_version, artifact_type, artifact_id,
           source_service, context, status, current_stage_order, sequence, revision, stages, created_at, updated_at)
         select gen_random_uuid(), policy_id, policy_key, policy_version, artifact_type, artifact_id,
           source_service, context, 'in_review', 0, 1, 1, '[]', created_at, updated_at
         from approval_request, generate_series(1, 1_200) where id = $1`,
        [ids.silent],
      );
      await stand.sql(last('update approval_request set current_stage_order = 7'));
      const faults = await ledgerFaults(stand.sql);
      expect(faults.filter((each) => each.endsWith('and none of its stages is active'))).toHaveLength(1_200);
      expect(faults.filter((each) => each.includes('current_stage_order is 7'))).toHaveLength(1);
    } finally {
      await stand.sql('rollback');
    }
  });
});
