import { secondsAfter } from '@awe/engine/instant';
import { createActiveDelegates } from '@awe/server/ledger/active-delegates';
import { createActiveVersionId } from '@awe/server/ledger/active-version';
import type { Database } from '@awe/server/ledger/database';
import { claimDeliveries } from '@awe/server/ledger/deliveries-claim';
import { nextDeliveryDue } from '@awe/server/ledger/deliveries-next';
import { createDueWork } from '@awe/server/ledger/due';
import { listEvents } from '@awe/server/ledger/events';
import { findPolicyVersion } from '@awe/server/ledger/policies';
import { type RequestSearch, searchRequests } from '@awe/server/ledger/requests';
import type { Tables } from '@awe/server/ledger/tables';
import { listTasks, type TaskSearch } from '@awe/server/ledger/tasks';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { generatedId, generatedIdSql, generateRows } from './generated-rows.ts';
import { indexesIn, plansOfPool as plansOfPoolWithin, plansOf as plansWithin } from './plans.ts';

/** Two tasks each: a million of these. */
const REQUESTS = 500_000;
/** Half a minute by itself; with everything else on the same cores several times that. */
const FILL_TIMEOUT_MS = 600_000;
/**
 * Pages of 8 kB that a statement may touch; each of the large tables has more than ten thousand. A claim looks at up to a
 * thousand deliveries and receivers, whatever waits behind them, and each of those is some four pages of an index.
 */
const MOST_BLOCKS = 500;
const MOST_BLOCKS_OF_A_CLAIM = 6_000;

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh, 4, FILL_TIMEOUT_MS);
  await generateRows(database, REQUESTS, 500);
  await database.pool.query(`
    insert into approval_policy (id, policy_key, version, name, status, artifact_type, forbid_self_approval,
                                 forbid_repeat_approvers, created_at, updated_at)
    select gen_random_uuid(), 'k-' || n / 4, n % 4 + 1, 'P', case when n % 4 = 2 then 'active' else 'archived' end,
           't', false, false, now(), now()
      from generate_series(4, 4003) as n;
    insert into user_delegation (id, user_id, delegate_to, starts_at, ends_at, created_by, created_at)
    select gen_random_uuid(), 'u-' || n % 2000, 'd-' || n, now(), now() + interval '1 day', 'admin', now()
      from generate_series(1, 20000) as n;
    set session_replication_role = replica;
    insert into approval_event (id, request_id, sequence, event_type, payload, created_at)
    select ${generatedIdSql('event', 'row_number() over ()')}, id, n, 'stage_started', '{}', now()
      from (select id from approval_request order by id) as r, generate_series(1, 1) as n;
    insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
                                  created_at, updated_at)
    select id, request_id, sequence, event_type, 'https://receiver.example/' || n % 300,
           case when n % 1000 = 0 then 'pending' else 'delivered' end, 0,
           case when n % 1000 = 0 then now() - n * interval '1 millisecond' end, created_at, created_at
      from (select *, row_number() over () as n from approval_event) as e;
    update approval_request set next_attempt_at = now() where id in (
      select id from approval_request where status = 'in_review' limit 300
    );
    reset session_replication_role`);
  await database.pool.query('vacuum analyze');
}, FILL_TIMEOUT_MS);

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const plansOf = (work: (db: Kysely<Tables>) => Promise<unknown>) => plansWithin(database, work, MOST_BLOCKS);
const plansOfPool = (work: (pool: Pool) => Promise<unknown>, mostBlocks = MOST_BLOCKS) =>
  plansOfPoolWithin(database, work, mostBlocks);
const indexesOf = async (work: (db: Kysely<Tables>) => Promise<unknown>) => indexesIn(await plansOf(work));

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

  it('of a person, by several statuses, is read from the index of the inbox, and no more than a page of each', async () => {
    const plans = await plansOf((db) =>
      listTasks(db, { ...everything, assignee: 'u-20', status: 'open,completed' }),
    );
    expect(indexesIn(plans)).toEqual(['approval_task_inbox']);
    const rows = plans.filter((plan) => plan['Index Name']).map((plan) => plan['Actual Rows']);
    expect(Math.max(...rows)).toBeLessThanOrEqual(51);
  });
});

describe('single rows', () => {
  it('of a timeline, a policy and its active version are read from their keys', async () => {
    expect(await indexesOf((db) => listEvents(db, generatedId('request', 5)))).toEqual([
      'approval_event_pkey',
    ]);
    const active = (pool: Pool) => createActiveVersionId(pool, { size: 8, lanes: 1 })('k-77');
    expect(indexesIn(await plansOfPool(active))).toEqual(['approval_policy_one_active']);
    expect(await plansOf((db) => findPolicyVersion(db, 'k-77', 2))).toContainEqual(
      expect.objectContaining({ 'Index Name': 'approval_policy_policy_key_version_key' }),
    );
  });

  it('of delegations are read from those of the person', async () => {
    const users = Array.from({ length: 100 }, (_, n) => `u-${n}`);
    const now = new Date().toISOString();
    const ask = (pool: Pool) => createActiveDelegates(pool, { size: 8, lanes: 1 })(users, now);
    expect(indexesIn(await plansOfPool(ask))).toEqual(['user_delegation_user']);
  });
});

describe('due work', () => {
  const now = new Date().toISOString();

  it('of deadlines is read from its two indexes, however many tasks wait', async () => {
    const due = (pool: Pool) => createDueWork(pool).requests(now, 100, []);
    expect(indexesIn(await plansOfPool(due)).sort()).toEqual(['approval_request_due', 'approval_task_due']);
    const next = (pool: Pool) => createDueWork(pool).next();
    expect(indexesIn(await plansOfPool(next)).sort()).toEqual(['approval_request_due', 'approval_task_due']);
  });

  it('of the outbox is claimed by indexes alone', async () => {
    const claim = (pool: Pool) =>
      claimDeliveries(pool, {
        now,
        leaseEnd: secondsAfter(now, 30),
        chains: 10,
        lanes: new Map(),
        elsewhere: 1,
        after: null,
      });
    const plans = await plansOfPool(claim, MOST_BLOCKS_OF_A_CLAIM);
    expect(indexesIn(plans)).toEqual(
      expect.arrayContaining(['webhook_delivery_due', 'webhook_delivery_next', 'webhook_delivery_request']),
    );
    const next = (pool: Pool) => nextDeliveryDue(pool, now);
    expect(indexesIn(await plansOfPool(next))).toEqual(['webhook_delivery_next']);
  });
});
