import type { Database } from '@awe/server/ledger/database';
import type { PoolClient } from 'pg';

type Kind = 'policy' | 'request' | 'task' | 'stage' | 'event';

/** The id of the n-th generated row of a kind: later ones are greater, as with UUID v7. */
export function generatedId(kind: Kind, n: number): string {
  const digit = { policy: 'a', request: 'b', task: 'c', stage: 'd', event: 'e' }[kind];
  return `0197b1a2-${digit}000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The same in SQL, of the number that the expression `n` gives. */
export const generatedIdSql = (kind: Kind, n: string) =>
  `(left('${generatedId(kind, 0)}', 24) || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * `requests` requests 1, 2, 3 … under one policy, each with two tasks. Request n is about artifact `a-<n/2>` of type
 * `t-<n%7>`; every tenth is in review, the others are approved. Task n belongs to `u-<n%people>` and is open in requests in
 * review, else completed.
 */
export async function generateRows({ pool }: Database, requests: number, people = 50): Promise<void> {
  // What these rows refer to is there by construction; looking each one up takes a third of the time.
  const unchecked = await pool.connect();
  await unchecked.query('set session_replication_role = replica');
  await fill(unchecked, requests, people).finally(() => unchecked.release(true));
}

async function fill(pool: PoolClient, requests: number, people: number): Promise<void> {
  await pool.query(`
    insert into approval_policy (id, policy_key, version, name, status, artifact_type, forbid_self_approval,
                                 forbid_repeat_approvers, created_at, updated_at)
    values (${generatedIdSql('policy', '1')}, 'generated', 1, 'Generated', 'active', 't', false, false, now(), now())`);
  await pool.query(
    `insert into approval_request (id, policy_id, policy_key, policy_version, artifact_type, artifact_id, source_service,
                                   context, status, current_stage_order, sequence, revision, stages, created_at, updated_at)
     select ${generatedIdSql('request', 'n')}, ${generatedIdSql('policy', '1')}, 'generated', 1, 't-' || n % 7, 'a-' || n / 2, 'tests',
            '{"amount": 5}', case when n % 10 = 0 then 'in_review' else 'approved' end, 1, 1, 1, '[]',
            '2026-04-23T10:00:00Z'::timestamptz + n * interval '1 second', '2026-04-23T10:00:00Z'
       from generate_series(1, $1::int) as n`,
    [requests],
  );
  await pool.query(
    `insert into approval_task (id, request_id, stage_id, stage_order, assignee, kind, required, escalated, status,
                                created_at, due_at)
     select ${generatedIdSql('task', 'n')}, ${generatedIdSql('request', '(n + 1) / 2')}, ${generatedIdSql('stage', '1')}, 1, 'u-' || n % $2::int, 'approver',
            false, false, case when (n + 1) / 2 % 10 = 0 then 'open' else 'completed' end,
            '2026-04-23T10:00:00Z', '2026-04-30T10:00:00Z'
       from generate_series(1, $1::int * 2) as n`,
    [requests, people],
  );
  await pool.query('analyze');
}
