import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { idOf, move, openReference, type Reference } from './move.ts';

/** Five pages. */
const MANY = 1_000;

let reference: Reference;
let target: FreshDatabase;

/** Copies of the approved request, each with its stages, votes and timeline. */
const COPIES = `
  create function copy(id uuid, n integer) returns uuid language sql immutable as
    $$ select md5(id::text || n)::uuid $$;
  insert into approval_request
    select copy(r.id, n), policy_id, policy_key, policy_version, artifact_type, 'copy-' || n, source_service, requester,
      jsonb_build_object('note', repeat('x', 1000)), callback_url, callback_secret_id, status, current_stage_order,
      completed_at, created_at, updated_at
    from approval_request r, generate_series(1, ${MANY}) n where r.id = '${idOf(101)}';
  insert into approval_task
    select copy(t.id, n), copy(request_id, n), stage_id, stage_order, assignee, kind, delegated_from, reassigned_from, status,
      claimed_at, completed_at, due_at, copy(decision_id, n), created_at
    from approval_task t, generate_series(1, ${MANY}) n where request_id = '${idOf(101)}';
  insert into approval_decision
    select copy(d.id, n), copy(request_id, n), copy(task_id, n), stage_order, actor, action, comment, attachments_ref,
      created_at
    from approval_decision d, generate_series(1, ${MANY}) n where request_id = '${idOf(101)}';
  insert into approval_event
    select copy(e.id, n), copy(request_id, n), event_type, payload, created_at
    from approval_event e, generate_series(1, ${MANY}) n where request_id = '${idOf(101)}'`;

beforeAll(async () => {
  [reference, target] = await Promise.all([openReference(), freshDatabase()]);
  await reference.run(COPIES);
});

afterAll(async () => {
  await Promise.all([reference.drop(), target.drop()]);
});

it('leaves nothing behind when it is stopped in between', async () => {
  const stopped = move(reference.url, target.url, {
    write: true,
    onProgress: ({ done }) => {
      if (done > 500) throw new Error('stopped by hand');
    },
  });
  await expect(stopped).rejects.toThrow('stopped by hand');
  const database = openFresh(target, 1);
  const { rows } = await database.pool.query(
    'select (select count(*) from approval_policy) + (select count(*) from approval_request) as written',
  );
  await database.close();
  expect(rows).toEqual([{ written: 0 }]);
});

it(`imports ${MANY} requests a page at a time, and says how far it is`, async () => {
  const seen: number[] = [];
  const report = await move(reference.url, target.url, {
    write: true,
    onProgress: ({ done, total }) => {
      expect(total).toBe(MANY + 26);
      seen.push(done);
    },
  });
  expect(report.tallies.request).toMatchObject({ read: MANY + 26, imported: MANY + 10, conflicting: 0 });
  expect(seen.at(-1)).toBe(MANY + 26);
  expect(seen).toHaveLength(6);
});
