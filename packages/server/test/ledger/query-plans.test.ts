import { createActiveDelegates } from '@awe/server/ledger/active-delegates';
import { createActiveVersionId } from '@awe/server/ledger/active-version';
import type { Database } from '@awe/server/ledger/database';
import { listEvents } from '@awe/server/ledger/events';
import { findPolicyVersion } from '@awe/server/ledger/policies';
import { type RequestSearch, searchRequests } from '@awe/server/ledger/requests';
import type { Tables } from '@awe/server/ledger/tables';
import { listTasks, type TaskSearch } from '@awe/server/ledger/tasks';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { generatedId, generateRows } from './generated-rows.ts';

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Actual Rows': number; Plans?: Plan[] };

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
  await generateRows(database, 20_000, 500);
  await database.pool.query(`
    insert into approval_policy (id, policy_key, version, name, status, artifact_type, forbid_self_approval,
                                 forbid_repeat_approvers, created_at, updated_at)
    select gen_random_uuid(), 'k-' || n / 4, n % 4 + 1, 'P', case when n % 4 = 2 then 'active' else 'archived' end,
           't', false, false, now(), now()
      from generate_series(4, 4003) as n;
    insert into user_delegation (id, user_id, delegate_to, starts_at, ends_at, created_by, created_at)
    select gen_random_uuid(), 'u-' || n % 2000, 'd-' || n, now(), now() + interval '1 day', 'admin', now()
      from generate_series(1, 20000) as n;
    insert into approval_event (id, request_id, sequence, event_type, payload, created_at)
    select gen_random_uuid(), id, n, 'stage_started', '{}', now()
      from approval_request, generate_series(1, 2) as n;
    analyze`);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Every node of the plans of what `work` asks, as it really ran. */
async function plansOf(work: (db: Kysely<Tables>) => Promise<unknown>): Promise<Plan[]> {
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const watched = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => {
      statements.push(query);
    },
  });
  await work(watched);
  return explain(statements);
}

async function explain(
  statements: readonly { sql: string; parameters: readonly unknown[] }[],
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { sql, parameters } of statements) {
    const { rows } = await database.pool.query(`explain (analyze, format json) ${sql}`, [...parameters]);
    const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];
    plans.push(...walk(rows[0]['QUERY PLAN'][0].Plan));
  }
  return plans;
}

/** The same for statements that are sent to the pool itself. */
async function plansOfPool(work: (pool: Pick<Pool, 'query'>) => Promise<unknown>): Promise<Plan[]> {
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const query = ({ text, values }: { text: string; values: unknown[] }) => {
    statements.push({ sql: text, parameters: values });
    return database.pool.query(text, values);
  };
  await work({ query } as unknown as Pick<Pool, 'query'>);
  return explain(statements);
}

const indexesOf = async (work: (db: Kysely<Tables>) => Promise<unknown>) => indexesIn(await plansOf(work));

function indexesIn(plans: readonly Plan[]): string[] {
  expect(plans.map((plan) => plan['Node Type'])).not.toContain('Seq Scan');
  return [...new Set(plans.flatMap((plan) => plan['Index Name'] ?? []))];
}

describe('a page of requests', () => {
  const everything: RequestSearch = {
    artifact_type: null,
    artifact_id: null,
    status: null,
    limit: 50,
    cursor: null,
  };

  it.each<[string, Partial<RequestSearch>, string]>([
    ['of all', {}, 'approval_request_pkey'],
    ['of an artifact', { artifact_id: 'a-77' }, 'approval_request_artifact'],
    ['of an artifact of a type', { artifact_id: 'a-77', artifact_type: 't-1' }, 'approval_request_artifact'],
    ['of a status that is rare', { status: 'rejected' }, 'approval_request_status'],
    ['of a type that is rare', { artifact_type: 'rare' }, 'approval_request_type'],
  ])('%s is read from %s', async (_, filters, index) => {
    expect(await indexesOf((db) => searchRequests(db, { ...everything, ...filters }))).toEqual([index]);
  });

  it('far behind the first costs no more than the first', async () => {
    let cursor: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      cursor = (await searchRequests(database.kysely, { ...everything, limit: 500, cursor })).next;
    }
    const plans = await plansOf((db) => searchRequests(db, { ...everything, cursor }));
    expect(Math.max(...plans.map((plan) => plan['Actual Rows']))).toBe(51);
  });
});

describe('a page of tasks', () => {
  const everything: TaskSearch = { assignee: null, request_id: null, status: null, limit: 50, cursor: null };

  it.each<[string, Partial<TaskSearch>, string]>([
    ['of all', {}, 'approval_task_pkey'],
    ['of a person', { assignee: 'u-20' }, 'approval_task_assignee'],
    ['of a person, by status', { assignee: 'u-20', status: 'open' }, 'approval_task_inbox'],
    ['of a request', { request_id: generatedId('request', 77) }, 'approval_task_request'],
    [
      'of a request and a person',
      { request_id: generatedId('request', 77), assignee: 'u-3' },
      'approval_task_request',
    ],
  ])('%s is read from its index', async (_, filters, index) => {
    expect(await indexesOf((db) => listTasks(db, { ...everything, ...filters }))).toEqual([index]);
  });

  it('of a person, by several statuses, is read from the indexes of that person', async () => {
    const [index, ...others] = await indexesOf((db) =>
      listTasks(db, { ...everything, assignee: 'u-20', status: 'open,claimed' }),
    );
    expect(others).toEqual([]);
    expect(index).toMatch(/^approval_task_(inbox|assignee)$/);
  });
});

describe('single rows', () => {
  it('of a timeline, a policy and its active version are read from their keys', async () => {
    expect(await indexesOf((db) => listEvents(db, generatedId('request', 5)))).toEqual([
      'approval_event_pkey',
    ]);
    const active = (pool: Pick<Pool, 'query'>) => createActiveVersionId(pool, { size: 8, lanes: 1 })('k-77');
    expect(indexesIn(await plansOfPool(active))).toEqual(['approval_policy_one_active']);
    expect(await plansOf((db) => findPolicyVersion(db, 'k-77', 2))).toContainEqual(
      expect.objectContaining({ 'Index Name': 'approval_policy_policy_key_version_key' }),
    );
  });

  it('of delegations are read from those of the person', async () => {
    const users = Array.from({ length: 100 }, (_, n) => `u-${n}`);
    const now = new Date().toISOString();
    const ask = (pool: Pick<Pool, 'query'>) => createActiveDelegates(pool, { size: 8, lanes: 1 })(users, now);
    expect(indexesIn(await plansOfPool(ask))).toEqual(['user_delegation_user']);
  });
});
