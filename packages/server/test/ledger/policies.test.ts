import type { RuleDefinition, StageDefinition } from '@awe/engine/policy-document';
import type { Clock } from '@awe/server/clock';
import { createActiveVersionId } from '@awe/server/ledger/active-version';
import type { Database } from '@awe/server/ledger/database';
import {
  findPolicy,
  findPolicyVersion,
  listNewestPolicies,
  listPolicyVersions,
  policyKeyExists,
} from '@awe/server/ledger/policies';
import { activateVersion, deactivateVersion } from '@awe/server/ledger/policies-activate';
import { insertFirstDraft, insertNextDraft, type PolicyDraft } from '@awe/server/ledger/policies-draft';
import { replaceDraft } from '@awe/server/ledger/policies-replace';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

let fresh: FreshDatabase;
let database: Database;
let db: Database['kysely'];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh, 8);
  db = database.kysely;
});

beforeEach(() => database.pool.query('truncate approval_policy cascade'));

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const MONDAY = '2026-04-20T10:00:00.000Z';
const TUESDAY = '2026-04-21T10:00:00.000Z';
const at = (now: string): Clock => ({ now: () => now, newId: () => v7() });

const user = (id: string, more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  rule_type: 'user',
  rule_value: { user_id: id },
  kind: 'approver',
  required: false,
  ...more,
});

const stage = (order: number, more: Partial<StageDefinition> = {}): StageDefinition => ({
  name: `Stage ${order}`,
  stage_order: order,
  mode: 'all',
  mode_value: null,
  sla_hours: null,
  skip_if: null,
  on_empty: 'block',
  parallel_group: null,
  on_breach: null,
  on_reject: 'veto',
  rules: [],
  escalation_rules: [],
  ...more,
});

const draft = (key: string, more: Partial<PolicyDraft> = {}): PolicyDraft => ({
  policy_key: key,
  name: 'A policy',
  description: null,
  artifact_type: 'change',
  forbid_self_approval: false,
  forbid_repeat_approvers: false,
  stages: [stage(1, { rules: [user('u-amina')] })],
  ...more,
});

/** A key with `count` draft versions. */
async function versions(key: string, count: number): Promise<void> {
  await insertFirst(draft(key), 'author', at(MONDAY));
  for (let version = 2; version <= count; version += 1) {
    await insertNext(draft(key), 'author', at(MONDAY));
  }
}

/** As the use cases do, each in a transaction of its own. */
const inTransaction =
  <Given extends unknown[], Result>(work: (trx: Database['kysely'], ...given: Given) => Promise<Result>) =>
  (...given: Given) =>
    db.transaction().execute((trx) => work(trx, ...given));
const insertFirst = inTransaction(insertFirstDraft);
const insertNext = inTransaction(insertNextDraft);
const replace = inTransaction(replaceDraft);
const activate = inTransaction(activateVersion);
const deactivate = inTransaction(deactivateVersion);

const statuses = async (key: string) =>
  Object.fromEntries((await listPolicyVersions(db, key)).map(({ version, status }) => [version, status]));

const activeVersionId = (key: string) => createActiveVersionId(database.pool, { size: 8, lanes: 1 })(key);

describe('a first draft', () => {
  it('is stored whole and read back as it was meant', async () => {
    const stages = [
      stage(10, {
        mode: 'percentage',
        mode_value: 60,
        sla_hours: 48,
        skip_if: { '<': [{ var: 'amount' }, 1000] },
        on_empty: 'skip',
        parallel_group: -1,
        on_breach: 'escalate',
        on_reject: 'count',
        rules: [
          user('u-bao', { required: true }),
          user('u-amina', { kind: 'observer' }),
          user('x', { rule_type: 'expression', rule_value: { logic: [{ var: 'who' }, null, 1.5, 'é"\\'] } }),
        ],
        escalation_rules: [user('u-chen'), user('u-dara')],
      }),
      stage(20, { parallel_group: 2 }),
    ];
    const given = draft('big', { description: 'Why', forbid_repeat_approvers: true, stages });
    const stored = await insertFirst(given, 'u-author', at(MONDAY));
    expect(stored).toMatchObject({
      policy_key: 'big',
      version: 1,
      name: 'A policy',
      description: 'Why',
      status: 'draft',
      artifact_type: 'change',
      forbid_self_approval: false,
      forbid_repeat_approvers: true,
      created_by: 'u-author',
      created_at: MONDAY,
      updated_at: MONDAY,
    });
    const withoutIds = stored?.stages.map(({ id: _, rules, escalation_rules, ...rest }) => ({
      ...rest,
      rules: rules.map(({ id: _, ...rule }) => rule),
      escalation_rules: escalation_rules.map(({ id: _, ...rule }) => rule),
    }));
    expect(withoutIds).toEqual(stages);
    expect(await findPolicyVersion(db, 'big', 1)).toEqual(stored);
    expect(await findPolicy(db, stored?.id ?? '')).toEqual(stored);
  });

  it('may have no stages', async () => {
    expect(await insertFirst(draft('empty', { stages: [] }), null, at(MONDAY))).toMatchObject({
      stages: [],
      created_by: null,
    });
  });

  it('of a key that exists is not made, also by one of two at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => insertFirst(draft('same'), 'author', at(MONDAY))));
    expect(made.filter((each) => each !== null)).toHaveLength(1);
    expect(await insertFirst(draft('same'), 'author', at(MONDAY))).toBeNull();
    const { rows } = await database.pool.query('select count(*) from approval_stage');
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('a next draft', () => {
  it('is numbered one above the newest', async () => {
    await versions('key', 2);
    expect(await insertNext(draft('key', { name: 'Third' }), 'author', at(TUESDAY))).toMatchObject({
      version: 3,
      name: 'Third',
      status: 'draft',
      created_at: TUESDAY,
    });
  });

  it('of a key that does not exist is not made', async () => {
    expect(await insertNext(draft('nothing'), 'author', at(MONDAY))).toBeNull();
    expect(await insertNext(draft('nothing\0'), 'author', at(MONDAY))).toBeNull();
  });

  it('is made by each of ten at once, with consecutive numbers', async () => {
    await versions('key', 1);
    const made = await Promise.all(
      Array.from({ length: 10 }, () => insertNext(draft('key'), 'author', at(MONDAY))),
    );
    expect(made.map((each) => each?.version).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(made.every((each) => each?.stages.length === 1)).toBe(true);
  });
});

describe('replacing a draft', () => {
  it('leaves nothing of it but its number and origin', async () => {
    const before = await insertFirst(draft('key'), 'author', at(MONDAY));
    const change = draft('key', {
      name: 'Other',
      stages: [stage(5, { rules: [user('u-bao'), user('u-chen')] })],
    });
    const replaced = await replace(1, change, at(TUESDAY));
    expect(replaced?.before).toEqual(before);
    expect(replaced?.after).toMatchObject({
      id: before?.id,
      name: 'Other',
      created_by: 'author',
      created_at: MONDAY,
      updated_at: TUESDAY,
      stages: [
        {
          stage_order: 5,
          rules: [{ rule_value: { user_id: 'u-bao' } }, { rule_value: { user_id: 'u-chen' } }],
        },
      ],
    });
    const { rows } = await database.pool.query('select count(*) from approver_rule');
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('does nothing to what is no draft, or not there', async () => {
    await versions('key', 1);
    await activate('key', 1, MONDAY);
    const active = await findPolicyVersion(db, 'key', 1);
    const change = draft('key', { name: 'Other', stages: [] });
    expect(await replace(1, change, at(TUESDAY))).toBeNull();
    expect(await replace(2, change, at(TUESDAY))).toBeNull();
    expect(await replace(2_147_483_648, change, at(TUESDAY))).toBeNull();
    expect(await findPolicyVersion(db, 'key', 1)).toEqual(active);
  });

  it('and activating it at once: what is active is one of the two, whole', async () => {
    for (let round = 0; round < 10; round += 1) {
      const key = `key-${round}`;
      await versions(key, 1);
      const change = draft(key, { name: 'Other', stages: [stage(1), stage(2)] });
      const [replaced, activated] = await Promise.all([
        replace(1, change, at(TUESDAY)),
        activate(key, 1, TUESDAY),
      ]);
      const stored = await findPolicyVersion(db, key, 1);
      expect(activated?.after).toEqual(stored);
      expect(stored?.status).toBe('active');
      expect([stored?.name, stored?.stages.length]).toEqual(
        replaced === null ? ['A policy', 1] : ['Other', 2],
      );
    }
  });

  it('by several at once ends with the stages of one of them', async () => {
    await versions('key', 1);
    const changes = [2, 3, 4, 5].map((count) =>
      draft('key', { name: `${count}`, stages: Array.from({ length: count }, (_, n) => stage(n + 1)) }),
    );
    await Promise.all(changes.map((change) => replace(1, change, at(TUESDAY))));
    const stored = await findPolicyVersion(db, 'key', 1);
    expect(stored?.stages).toHaveLength(Number(stored?.name));
  });
});

describe('activating', () => {
  it('archives the version that was active', async () => {
    await versions('key', 2);
    expect(await activeVersionId('key')).toBeNull();
    const first = await activate('key', 1, MONDAY);
    expect(first).toMatchObject({
      before: { version: 1, status: 'draft' },
      after: { version: 1, status: 'active', updated_at: MONDAY },
      archived: null,
    });
    expect(await activeVersionId('key')).toBe(first?.after.id);
    const second = await activate('key', 2, TUESDAY);
    expect(second).toMatchObject({
      after: { version: 2, status: 'active', updated_at: TUESDAY },
      archived: 1,
    });
    expect(await activeVersionId('key')).toBe(second?.after.id);
    expect(await findPolicyVersion(db, 'key', 1)).toMatchObject({ status: 'archived', updated_at: TUESDAY });
  });

  it('brings an archived version back, and leaves the active one as it is', async () => {
    await versions('key', 2);
    await activate('key', 1, MONDAY);
    await activate('key', 2, MONDAY);
    await activate('key', 1, MONDAY);
    expect(await statuses('key')).toEqual({ 1: 'active', 2: 'archived' });
    expect(await activate('key', 1, TUESDAY)).toMatchObject({
      before: { status: 'active' },
      after: { status: 'active', updated_at: MONDAY },
      archived: null,
    });
  });

  it('what is not there changes nothing', async () => {
    await versions('key', 1);
    await activate('key', 1, MONDAY);
    for (const version of [0, -1, 2, 1.5, 2_147_483_648, Number.NaN]) {
      expect(await activate('key', version, TUESDAY)).toBeNull();
    }
    expect(await activate('other', 1, TUESDAY)).toBeNull();
    expect(await statuses('key')).toEqual({ 1: 'active' });
  });

  it('ten versions at once leaves exactly one active, and fails for nobody', async () => {
    await versions('key', 10);
    const numbers = Array.from({ length: 10 }, (_, n) => n + 1);
    const outcomes = await Promise.all(numbers.map((version) => activate('key', version, TUESDAY)));
    expect(outcomes.map((each) => each?.after.status)).toEqual(numbers.map(() => 'active'));
    const after = Object.values(await statuses('key')).sort();
    expect(after).toEqual(['active', ...numbers.slice(1).map(() => 'archived')]);
  });

  it('of different keys does not meet', async () => {
    await versions('one', 2);
    await versions('two', 2);
    await Promise.all([activate('one', 1, MONDAY), activate('two', 2, MONDAY)]);
    expect([await statuses('one'), await statuses('two')]).toEqual([
      { 1: 'active', 2: 'draft' },
      { 1: 'draft', 2: 'active' },
    ]);
  });

  it('does not wait for a request that pins the version of the key', async () => {
    await versions('key', 2);
    const first = await activate('key', 1, MONDAY);
    await db.transaction().execute(async (trx) => {
      // What inserting a request does to the version it refers to.
      await trx
        .selectFrom('approval_policy')
        .select('id')
        .where('id', '=', first?.after.id ?? '')
        .forKeyShare()
        .execute();
      expect(await activate('key', 2, TUESDAY)).toMatchObject({ after: { status: 'active' } });
    });
  });
});

describe('deactivating', () => {
  it('archives the active version with nothing in its place', async () => {
    await versions('key', 2);
    await activate('key', 2, MONDAY);
    expect(await deactivate('key', 2, TUESDAY)).toMatchObject({
      version: 2,
      status: 'archived',
      updated_at: TUESDAY,
    });
    expect(await activeVersionId('key')).toBeNull();
  });

  it('does nothing to a version that is not active', async () => {
    await versions('key', 1);
    expect(await deactivate('key', 1, MONDAY)).toBeNull();
    expect(await deactivate('key', 2_147_483_648, MONDAY)).toBeNull();
    expect(await statuses('key')).toEqual({ 1: 'draft' });
  });
});

describe('lists', () => {
  it('show the newest version of each key, by key, and all versions of a key, newest first', async () => {
    await versions('b', 2);
    await versions('a', 1);
    await versions('B', 3);
    await activate('b', 1, MONDAY);
    const newest = await listNewestPolicies(db);
    expect(newest.map((each) => [each.policy_key, each.version, each.status, each.stages.length])).toEqual([
      ['B', 3, 'draft', 1],
      ['a', 1, 'draft', 1],
      ['b', 2, 'draft', 1],
    ]);
    expect(await listPolicyVersions(db, 'b')).toEqual([
      expect.objectContaining({ policy_key: 'b', version: 2, status: 'draft', created_at: MONDAY }),
      expect.objectContaining({ policy_key: 'b', version: 1, status: 'active', created_at: MONDAY }),
    ]);
  });

  it('of what cannot be there are empty', async () => {
    await versions('key', 1);
    expect(await listPolicyVersions(db, 'key\0')).toEqual([]);
    expect(await activeVersionId('key\0')).toBeNull();
    expect(await findPolicyVersion(db, 'key\0', 1)).toBeNull();
    expect(await findPolicyVersion(db, 'key', 4_000_000_000)).toBeNull();
    expect(await findPolicy(db, 'not an id')).toBeNull();
    expect([await policyKeyExists(db, 'key'), await policyKeyExists(db, 'key\0')]).toEqual([true, false]);
  });
});
