import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFaultsAt } from './refusal.ts';
import { type Answer, caller, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Row = { id: string; created_at: string };

let stand: Stand;
let story: ReturnType<typeof storyOf>;

const MANY = 120;

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
  await stand.publish(policyOf('pair', [{ mode: 'any-n', rules: [user('alice'), user('bob')] }]));
  await create(MANY);
});
afterAll(() => stand.close());

async function create(count: number, artifact_type = 'first'): Promise<void> {
  const body = (index: number) => ({ policy_key: 'pair', artifact_type, artifact_id: `a-${index % 7}` });
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      stand.call(caller, 'POST', '/requests', body(index), { replica: index % 2 }),
    ),
  );
}

/** The path after /v1/awe that the answer names as its next page, or null. */
function nextOf(answer: Answer<Row[]>): string | null {
  const link = answer.headers.get('link');
  if (link === null) return null;
  const found = /^<\/v1\/awe([^>]+)>; rel="next"$/.exec(link)?.[1];
  if (found === undefined) throw new Error(`not a link: ${link}`);
  return found;
}

/** Follows the Link header, verbatim, from one replica to the other; `between` happens after each page. */
async function pages(path: string, between: () => Promise<unknown> = async () => {}, who = person('alice')) {
  const found: Row[][] = [];
  let next: string | null = path;
  for (let replica = 0; next !== null; replica = 1 - replica) {
    const answer: Answer<Row[]> = await stand.call<Row[]>(who, 'GET', next, undefined, { replica });
    expect([answer.status, Array.isArray(answer.body)]).toEqual([200, true]);
    found.push(answer.body);
    next = nextOf(answer);
    if (next !== null) await between();
  }
  return found;
}

const newestFirst = (rows: Row[]) => [...rows].sort((a, b) => (a.id < b.id ? 1 : -1));

describe.each([
  '/requests?artifact_type=first&',
  '/tasks?',
  '/tasks?status=open,claimed&',
  '/tasks?assignee=*&',
])('%s', (path) => {
  const total = path.includes('*') ? 2 * MANY : MANY;

  it('is read to the end in pages of 50, each row once, newest first', async () => {
    const found = await pages(`${path}limit=50`);
    const sizes = [50, 50, 50, 50, 50].map((size, index) => Math.min(size, total - index * 50));
    expect(found.map((page) => page.length)).toEqual(sizes.filter((size) => size > 0));
    const rows = found.flat();
    expect(new Set(rows.map((row) => row.id)).size).toBe(total);
    expect(rows).toEqual(newestFirst(rows));
  });

  it('has no next page when the last one is just full', async () => {
    expect((await pages(`${path}limit=${total / 2}`)).map((page) => page.length)).toEqual([
      total / 2,
      total / 2,
    ]);
  });
});

describe('a list', () => {
  it('has the newest row first', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1)
      made.unshift((await story.create('pair', { artifact_type: 'in order' })).body.request_id);
    const requests = await stand.call<Row[]>(caller, 'GET', '/requests?artifact_type=in%20order');
    expect(requests.body.map((row) => row.id)).toEqual(made);
    const tasks = await stand.call<(Row & { request_id: string })[]>(person('bob'), 'GET', '/tasks?limit=5');
    expect(tasks.body.map((row) => row.request_id)).toEqual(made);
    for (const { body } of [requests, tasks]) {
      const moments = body.map((row) => row.created_at);
      expect(moments).toEqual([...moments].sort().reverse());
    }
  });

  it('has as many rows as the contract says when nothing is said', async () => {
    expect((await stand.call<Row[]>(caller, 'GET', '/requests')).body).toHaveLength(50);
    expect((await stand.call<Row[]>(person('alice'), 'GET', '/tasks')).body).toHaveLength(100);
  });
});

describe('while others write', () => {
  it('a page never moves: rows that came later are not in the way', async () => {
    const before = (await pages('/requests?limit=500')).flat().map((row) => row.id);
    const found = await pages('/requests?limit=50', () => create(7, 'later'));
    expect(found.flat().map((row) => row.id)).toEqual(before);
  });

  it('rows that no longer fit are left out, and nothing is lost or told twice', async () => {
    const open = (await pages('/tasks?status=open&limit=500')).flat().map((row) => row.id);
    const decided: string[] = [];
    const found = await pages('/tasks?status=open&limit=50', async () => {
      // From the end, where the reader has not been yet.
      const id = open.at(-1 - decided.length) ?? '';
      decided.push(id);
      await stand.call(person('alice'), 'POST', `/tasks/${id}/decision`, { action: 'approve' });
    });
    const left = new Set(found.flat().map((row) => row.id));
    expect(open.filter((id) => !left.has(id)).sort()).toEqual([...decided].sort());
    expect(left.size).toBe(found.flat().length);
  });
});

describe('the Link header', () => {
  it('repeats the search, whatever is in it', async () => {
    const artifact_type = 'Ä & b=c?#/+ "x" <y>; 😀,%41';
    for (let index = 0; index < 3; index += 1) await story.create('pair', { artifact_type });
    const search = new URLSearchParams({ artifact_type, status: 'in_review', limit: '2' });
    const found = await pages(`/requests?${search}`);
    expect(found.map((page) => page.length)).toEqual([2, 1]);
  });

  it('is for the search it came with, and for that alone', async () => {
    const first = await stand.call<Row[]>(person('alice'), 'GET', '/tasks?limit=10');
    const cursor = new URLSearchParams(nextOf(first)?.split('?')[1]).get('cursor') ?? '';
    const tasks = (query: string, who = 'alice') =>
      stand.call(person(who), 'GET', `/tasks?${query}&cursor=${encodeURIComponent(cursor)}`);
    expect((await tasks('limit=500')).status).toBe(200);
    // `me` and one's own id are one search.
    expect((await tasks('assignee=alice')).status).toBe(200);
    expectFaultsAt(await tasks('status=open'), [['query', 'cursor']]);
    expectFaultsAt(await tasks('assignee=*'), [['query', 'cursor']]);
    expectFaultsAt(await tasks('limit=10', 'bob'), [['query', 'cursor']]);
    const elsewhere = await stand.call(caller, 'GET', `/requests?cursor=${encodeURIComponent(cursor)}`);
    expectFaultsAt(elsewhere, [['query', 'cursor']]);
  });

  it.each([
    'x',
    'AAAA',
    '%00',
    '0197b1a2-0000-7000-8000-000000000000',
    'A'.repeat(32),
    'A'.repeat(900),
    '😀',
  ])('cannot be made up: %s', async (cursor) => {
    for (const path of ['/requests', '/tasks']) {
      const answer = await stand.call(caller, 'GET', `${path}?cursor=${cursor}`);
      expectFaultsAt(answer, [['query', 'cursor']]);
    }
  });
});

describe('filters', () => {
  it('apply together', async () => {
    const [row] = (await stand.call<(Row & { request_id: string })[]>(person('bob'), 'GET', '/tasks?limit=1'))
      .body;
    const of = (query: string) =>
      stand.call<Row[]>(person('carol'), 'GET', `/tasks?request_id=${row?.request_id}&${query}`);
    expect((await of('assignee=*')).body).toHaveLength(2);
    expect((await of('assignee=bob')).body).toEqual([row]);
    expect((await of('')).body).toEqual([]);
    expect((await of('assignee=bob&status=completed')).body).toEqual([]);
    expect((await of('assignee=*&status=completed,open,,nonsense')).body).toHaveLength(2);
    const found = await stand.call<{ artifact_id: string }[]>(
      caller,
      'GET',
      '/requests?artifact_type=first&artifact_id=a-3&status=in_review&limit=500',
    );
    expect(new Set(found.body.map((each) => each.artifact_id))).toEqual(new Set(['a-3']));
    expect((await stand.call(caller, 'GET', '/requests?artifact_type=first&artifact_id=a-9')).body).toEqual(
      [],
    );
  });
});
