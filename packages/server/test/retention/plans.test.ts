import { archiveEnded } from '@awe/server/ledger/archive-ended';
import type { Database } from '@awe/server/ledger/database';
import { purgeDelivered } from '@awe/server/ledger/deliveries-purge';
import { purgeIdempotencyKeys } from '@awe/server/ledger/idempotency-purge';
import type { Tables } from '@awe/server/ledger/tables';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedIdSql, generateRows } from '../ledger/generated-rows.ts';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

type Statement = { sql: string; parameters: readonly unknown[] };
type Plan = {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

const REQUESTS = 50_000;
/** What one statement may look at: a batch, and for each of it its parts. The tables hold 45,000 and more. */
const MOST_ROWS = 1_100;
/** Later than the time in every generated id, which is in the middle of 2025, */
const LATE = '2030-01-01T00:00:00.000Z';
/** and when nothing is old yet, though all of it began before. */
const BEFORE_ANY_END = '2026-01-01T00:00:00.000Z';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
  await generateRows(database, REQUESTS);
  await database.pool.query(`
    set session_replication_role = replica;
    update approval_request set completed_at = created_at + interval '1 hour' where status = 'approved';
    insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
                                  delivered_at, created_at, updated_at)
    select ${generatedIdSql('event', 'n')}, id, 1, 'request_created', 'https://receiver.example/' || n % 300,
           case when n % 50 = 0 then 'pending' else 'delivered' end, 1,
           case when n % 50 = 0 then now() end, case when n % 50 <> 0 then created_at end, created_at, created_at
      from (select id, created_at, row_number() over (order by id) as n from approval_request) as r;
    insert into approval_event (id, request_id, sequence, event_type, payload, created_at)
    select gen_random_uuid(), id, 1, 'request_created', '{}', created_at from approval_request;
    insert into approval_decision (id, request_id, task_id, stage_order, actor, action, created_at)
    select id, request_id, id, 1, assignee, 'approve', created_at from approval_task where status = 'completed';
    insert into idempotency_key (subject, key, body_hash, request_id, response, created_at)
    select 'registry', 'k-' || id, '', id, '{}', created_at from approval_request;
    reset session_replication_role`);
  await database.pool.query('vacuum analyze');
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Every node of the plans as they really run; what they remove is there again afterwards. */
async function plansOf(statements: readonly Statement[]): Promise<Plan[]> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    const plans: Plan[] = [];
    for (const { sql, parameters } of statements) {
      if (!parameters.length) continue;
      const { rows } = await client.query(`explain (analyze, format json) ${sql}`, [...parameters]);
      const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];
      const whole: Plan = rows[0]['QUERY PLAN'][0].Plan;
      plans.push(...walk(whole));
    }
    return plans;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The indexes that are used, of plans that read no table and no index whole. */
function indexesIn(plans: readonly Plan[]): string[] {
  const looked = plans.map((plan) => plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0));
  expect(Math.max(...looked)).toBeLessThanOrEqual(MOST_ROWS);
  expect(plans.map((plan) => plan['Node Type'])).not.toContain('Seq Scan');
  return [...new Set(plans.flatMap((plan) => plan['Index Name'] ?? []))].sort();
}

/** What archiving a batch asks, the removal included; nothing is removed. */
async function archivingStatements(before: string): Promise<Statement[]> {
  const statements: Statement[] = [];
  const watched = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => void statements.push(query),
  });
  const batch = archiveEnded(
    watched,
    { status: 'approved', before, after: null, limit: 100 },
    {
      now: LATE,
      keep: async (lines) => {
        for await (const line of lines) expect(line.request.status).toBe('approved');
      },
    },
  );
  if (before === BEFORE_ANY_END) {
    expect(await batch).toEqual({ archived: 0, after: null });
    return statements;
  }
  expect((await batch).archived).toBeGreaterThan(90);
  return statements;
}

async function purgingStatement(
  purge: (pool: Pool, before: string, signal: AbortSignal) => Promise<number>,
): Promise<Statement> {
  let asked: Statement | null = null;
  const query = async (sql: string, parameters: unknown[]) => {
    asked = { sql, parameters };
    return { rowCount: 0 };
  };
  await purge({ query } as unknown as Pool, LATE, new AbortController().signal);
  if (!asked) throw new Error('nothing was asked');
  return asked;
}

describe('archiving', () => {
  it('takes a batch from the front of an index, and reads and removes by the indexes on the request', async () => {
    const plans = await plansOf(await archivingStatements(LATE));
    expect(indexesIn(plans)).toEqual([
      'approval_decision_request',
      'approval_event_pkey',
      'approval_request_pkey',
      'approval_task_request',
      'webhook_delivery_pkey',
      'webhook_delivery_request',
    ]);
  });

  it('ends at once when nothing is old, however much has ended', async () => {
    const plans = await plansOf((await archivingStatements(BEFORE_ANY_END)).slice(0, 3));
    // One walk each for ids that tell the time and for those that do not.
    expect(indexesIn(plans)).toEqual([
      'approval_request_completed',
      expect.stringMatching(/^approval_request_/),
    ]);
  });
});

describe('purging', () => {
  it('of delivered webhooks walks an index, and no further than a batch', async () => {
    const [index, ...others] = indexesIn(await plansOf([await purgingStatement(purgeDelivered)]));
    expect(others).toEqual([]);
    expect(index).toMatch(/^webhook_delivery_(status|pkey)$/);
  });

  it('of idempotency keys walks the index of their age, and no further than a batch', async () => {
    const plans = await plansOf([await purgingStatement(purgeIdempotencyKeys)]);
    expect(indexesIn(plans)).toEqual(['idempotency_key_age']);
  });
});
