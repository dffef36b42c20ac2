import { InvalidCursor } from '@awe/server/ledger/cursor';
import type { Database } from '@awe/server/ledger/database';
import { listEvents } from '@awe/server/ledger/events';
import { findRequest, type RequestSearch, searchRequests } from '@awe/server/ledger/requests';
import { listTasks, type TaskSearch } from '@awe/server/ledger/tasks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { generatedId, generateRows } from './generated-rows.ts';

const REQUESTS = 100;

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
  await generateRows(database, REQUESTS);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Ids that no uuid column takes, some of which PostgreSQL would read and others it would refuse. */
const ODD_IDS = [
  '',
  '1',
  'me',
  '\0',
  `{${generatedId('request', 1)}}`,
  `${generatedId('request', 1)} `,
  'é'.repeat(36),
];
const UNKNOWN = '0197b1a2-f000-7000-8000-000000000000';

describe('requests', () => {
  const everything: RequestSearch = {
    artifact_type: null,
    artifact_id: null,
    status: null,
    limit: 50,
    cursor: null,
  };
  const search = (change: Partial<RequestSearch>) =>
    searchRequests(database.kysely, { ...everything, ...change });
  const numbers = (page: { rows: { id: string }[] }) =>
    page.rows.map((row) => Number.parseInt(row.id.slice(-12), 16));

  it('are found by id, with the fields of the wire', async () => {
    expect(await findRequest(database.kysely, generatedId('request', 10))).toEqual({
      id: generatedId('request', 10),
      policy_id: generatedId('policy', 1),
      policy_key: 'generated',
      policy_version: 1,
      artifact_type: 't-3',
      artifact_id: 'a-5',
      source_service: 'tests',
      requester: null,
      context: { amount: 5 },
      status: 'in_review',
      current_stage_order: 1,
      callback_url: null,
      completed_at: null,
      created_at: '2026-04-23T10:00:10.000Z',
      updated_at: '2026-04-23T10:00:00.000Z',
    });
    expect(await findRequest(database.kysely, generatedId('request', 10).toUpperCase())).not.toBeNull();
  });

  it.each([UNKNOWN, ...ODD_IDS])('are not found by %j', async (id) => {
    expect(await findRequest(database.kysely, id)).toBeNull();
  });

  it('are searched newest first, all filters together', async () => {
    expect(numbers(await search({ limit: 3 }))).toEqual([100, 99, 98]);
    expect(numbers(await search({ status: 'in_review', limit: 3 }))).toEqual([100, 90, 80]);
    expect(numbers(await search({ artifact_id: 'a-5' }))).toEqual([11, 10]);
    expect(numbers(await search({ artifact_type: 't-3', status: 'in_review' }))).toEqual([80, 10]);
    expect(numbers(await search({ artifact_id: 'a-5', artifact_type: 't-4' }))).toEqual([11]);
    expect(numbers(await search({ artifact_id: 'a-5', artifact_type: 't-4', status: 'in_review' }))).toEqual(
      [],
    );
  });

  it('that nothing can match are none', async () => {
    const nothing = { rows: [], next: null };
    expect(await search({ status: 'no such status' })).toEqual(nothing);
    expect(await search({ artifact_id: 'a-5\0' })).toEqual(nothing);
    expect(await search({ artifact_type: '\ud800' })).toEqual(nothing);
    expect(await search({ status: '' })).toEqual(nothing);
  });

  it('are paged through to the end, each once, also while others arrive', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await search({ status: 'approved', limit: 7, cursor });
      seen.push(...numbers(page));
      cursor = page.next;
    } while (cursor !== null);
    const approved = Array.from({ length: REQUESTS }, (_, n) => REQUESTS - n).filter((n) => n % 10 !== 0);
    expect(seen).toEqual(approved);
  });

  it('are not paged with the cursor of another search', async () => {
    const { next } = await search({ status: 'approved', limit: 1 });
    await expect(search({ status: 'in_review', cursor: next })).rejects.toThrow(InvalidCursor);
    await expect(search({ cursor: 'made up' })).rejects.toThrow(InvalidCursor);
    expect((await search({ status: 'approved', limit: 2, cursor: next })).rows).toHaveLength(2);
  });
});

describe('tasks', () => {
  const everything: TaskSearch = { assignee: null, request_id: null, status: null, limit: 50, cursor: null };
  const list = (change: Partial<TaskSearch>) => listTasks(database.kysely, { ...everything, ...change });
  const numbers = (page: { rows: { id: string }[] }) =>
    page.rows.map((row) => Number.parseInt(row.id.slice(-12), 16));

  it('of a request are found, with the fields of the wire and more', async () => {
    const { rows } = await list({ request_id: generatedId('request', 10) });
    expect(rows.find((task) => task.id === generatedId('task', 20))).toEqual({
      id: generatedId('task', 20),
      request_id: generatedId('request', 10),
      stage_id: generatedId('stage', 1),
      stage_order: 1,
      assignee: 'u-20',
      kind: 'approver',
      required: false,
      escalated: false,
      delegated_from: null,
      reassigned_from: null,
      status: 'open',
      action: null,
      decided_by: null,
      decision_id: null,
      claimed_at: null,
      completed_at: null,
      due_at: '2026-04-30T10:00:00.000Z',
      created_at: '2026-04-23T10:00:00.000Z',
    });
  });

  it.each([UNKNOWN, ...ODD_IDS])('are not found by %j', async (id) => {
    expect(await list({ request_id: id })).toEqual({ rows: [], next: null });
  });

  it('are listed newest first, all filters together', async () => {
    expect(numbers(await list({ limit: 2 }))).toEqual([200, 199]);
    expect(numbers(await list({ assignee: 'u-20' }))).toEqual([170, 120, 70, 20]);
    expect(numbers(await list({ assignee: 'u-20', status: 'open' }))).toEqual([120, 20]);
    expect(numbers(await list({ request_id: generatedId('request', 10) }))).toEqual([20, 19]);
    expect(numbers(await list({ request_id: generatedId('request', 10), assignee: 'u-19' }))).toEqual([19]);
    expect(numbers(await list({ request_id: generatedId('request', 10), status: 'completed' }))).toEqual([]);
  });

  it('have one of several statuses', async () => {
    expect(numbers(await list({ assignee: 'u-20', status: 'open,completed' }))).toEqual([170, 120, 70, 20]);
    expect(numbers(await list({ assignee: 'u-20', status: 'open, claimed,no such' }))).toEqual([120, 20]);
    expect(numbers(await list({ assignee: 'u-20', status: 'no such' }))).toEqual([]);
    expect(numbers(await list({ assignee: 'u-20', status: '' }))).toEqual([]);
    expect(numbers(await list({ assignee: 'u-20', status: 'open\0' }))).toEqual([]);
    expect(numbers(await list({ assignee: 'u\0' }))).toEqual([]);
  });

  it('are paged by a cursor that knows the same statuses in any order', async () => {
    const first = await list({ assignee: 'u-20', status: 'open,completed', limit: 3 });
    const second = await list({ assignee: 'u-20', status: 'completed,open', limit: 3, cursor: first.next });
    expect([numbers(first), numbers(second), second.next]).toEqual([[170, 120, 70], [20], null]);
    await expect(list({ assignee: 'u-21', cursor: first.next })).rejects.toThrow(InvalidCursor);
  });
});

describe('the timeline', () => {
  const request = generatedId('request', 1);

  it('is told in order', async () => {
    await database.pool.query(
      `insert into approval_event (id, request_id, sequence, event_type, payload, actor, created_at)
       select gen_random_uuid(), $1, n, 'stage_started', jsonb_build_object('n', n), null, '2026-04-23T10:00:00Z'
         from unnest(array[2, 10, 1]) as n`,
      [request],
    );
    const events = await listEvents(database.kysely, request);
    expect(events.map(({ id: _, ...event }) => event)).toEqual(
      [1, 2, 10].map((n) => ({
        request_id: request,
        sequence: n,
        event_type: 'stage_started',
        payload: { n },
        actor: null,
        created_at: '2026-04-23T10:00:00.000Z',
      })),
    );
  });

  it.each([UNKNOWN, ...ODD_IDS])('of %j is empty', async (id) => {
    expect(await listEvents(database.kysely, id)).toEqual([]);
  });
});
