import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestLine } from '@awe/server/integrity/export-line';
import { createRequestsCheck } from '@awe/server/integrity/requests-check';
import { archiveEnded, type EndedRequests } from '@awe/server/ledger/archive-ended';
import type { Database } from '@awe/server/ledger/database';
import { writeArchive } from '@awe/server/retention/archive-file';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { urlOfDatabase } from '../database-url.ts';
import { openFresh } from '../postgres.ts';
import { openStand, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';

const NOW = '2040-01-01T00:00:00.000Z';
const all: EndedRequests = { status: 'approved', before: NOW, after: null, limit: 10 };

let directory: string;
let stand: Stand;
let database: Database;
let ids: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-archive-'));
  stand = await openStand();
  const [name] = await stand.sql<{ url: string }>('select current_database() as url');
  database = openFresh({
    url: urlOfDatabase(inject('postgres').adminUrl, name?.url ?? ''),
    drop: async () => {},
  });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  await database.close();
  await stand.close();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  await stand.sql('delete from approval_request');
  for (const file of await readdir(directory)) await rm(join(directory, file));
  const story = storyOf(stand);
  ids = [];
  for (let made = 0; made < 3; made += 1) {
    const { body } = await story.create('simple', { callback_url: stand.receiver.url });
    await story.decide(body.request_id, 'alice', 'approve');
    ids.push(body.request_id);
  }
  while ((await stand.sql("select from webhook_delivery where status = 'pending'")).length > 0);
});

const archive = (
  keep: (lines: AsyncIterable<RequestLine>) => Promise<void>,
  ended: Partial<EndedRequests> = {},
) => archiveEnded(database.kysely, { ...all, ...ended }, { now: NOW, keep });
const write = (name: string) => (lines: AsyncIterable<RequestLine>) => writeArchive(directory, name, lines);
const readAll = async (lines: AsyncIterable<RequestLine>) => {
  const read: string[] = [];
  for await (const line of lines) read.push(line.request.id);
  return read;
};
const there = async () =>
  (await stand.sql<{ id: string }>('select id from approval_request order by id')).map(({ id }) => id);
const tombstones = async () =>
  (
    await stand.sql<{ id: string }>(
      'select request_id as id from archived_request where request_id = any($1) order by request_id',
      [ids],
    )
  ).map(({ id }) => id);
const linesIn = async (file: string): Promise<RequestLine[]> =>
  (await readFile(join(directory, file), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('what breaks off loses nothing', () => {
  it('while lines are written: no file, nothing removed, and no half of one in the way of the next', async () => {
    async function* breakingOff(lines: AsyncIterable<RequestLine>) {
      for await (const line of lines) {
        yield line;
        throw new Error('the disk is full');
      }
    }
    const attempt = archive((lines) => writeArchive(directory, 'broken', breakingOff(lines)));
    await expect(attempt).rejects.toThrow('the disk is full');
    expect(await readdir(directory)).toEqual([]);
    expect(await there()).toEqual(ids);
    expect(await tombstones()).toEqual([]);
    expect(await archive(write('again'))).toEqual({ archived: 3, after: null });
    expect((await linesIn('again.ndjson')).map((line) => line.request.id)).toEqual(ids);
  });

  it('after the file and before the removal: they are archived once more, and both lines are good', async () => {
    const attempt = archive(async (lines) => {
      await write('first')(lines);
      await stand.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
      );
    });
    // In the words of whoever noticed first: the server, or the connection.
    await expect(attempt).rejects.toThrow(/terminating connection|Connection terminated|not queryable/);
    expect(await there()).toEqual(ids);
    expect(await tombstones()).toEqual([]);
    expect(await archive(write('second'))).toEqual({ archived: 3, after: null });
    expect([await there(), await tombstones()]).toEqual([[], ids]);
    const [first, second] = [await linesIn('first.ndjson'), await linesIn('second.ndjson')];
    expect(second).toEqual(first);
    const check = createRequestsCheck();
    for (const line of [...first, ...second]) check.take(line, null);
    expect(check.finish(null)).toEqual([]);
    expect(check.count()).toBe(3);
  });
});

describe('nobody waits', () => {
  it('a second replica passes over what the first one has in hand, and neither does it twice', async () => {
    const inHand = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    const first = archive(
      async (lines) => {
        await readAll(lines);
        inHand.resolve();
        await mayGoOn.promise;
      },
      { limit: 2 },
    );
    await inHand.promise;
    let seen: string[] = [];
    const second = await archive(async (lines) => {
      seen = await readAll(lines);
    });
    expect([second, seen]).toEqual([{ archived: 1, after: null }, [ids[2]]]);
    mayGoOn.resolve();
    expect(await first).toEqual({ archived: 2, after: ids[1] });
    expect([await there(), await tombstones()]).toEqual([[], ids]);
  });

  it('a request whose delivery somebody is sending once more is passed over', async () => {
    const other = await database.pool.connect();
    try {
      await other.query('begin');
      await other.query(
        "update webhook_delivery set status = 'pending', next_attempt_at = '2199-01-01' where request_id = $1 and event_type = 'request_approved'",
        [ids[1]],
      );
      expect(await archive(write('while-in-hand'))).toEqual({ archived: 2, after: null });
      await other.query('commit');
    } finally {
      other.release();
    }
    expect(await there()).toEqual([ids[1]]);
    expect(await archive(write('while-pending'))).toEqual({ archived: 0, after: null });
    expect(await readdir(directory)).toEqual(['while-in-hand.ndjson']);
  });
});

it('a walk goes on behind what it passed over', async () => {
  await stand.sql(
    "update webhook_delivery set status = 'pending', next_attempt_at = '2199-01-01' where request_id = $1",
    [ids[0]],
  );
  const first = await archive(write('first'), { limit: 1 });
  expect(first).toEqual({ archived: 0, after: ids[0] });
  const second = await archive(write('second'), { limit: 1, after: first.after });
  expect(second).toEqual({ archived: 1, after: ids[1] });
  expect(await there()).toEqual([ids[0], ids[2]]);
});

describe('a request whose id tells no time, as an imported one', () => {
  const IMPORTED = 'f3a1c2d4-0000-4000-8000-000000000001';
  const copyAsImported = (completed: string) =>
    stand.sql(
      `insert into approval_request
       select (jsonb_populate_record(r, jsonb_build_object('id', $1::text, 'completed_at', $2::text))).*
       from approval_request r where id = $3`,
      [IMPORTED, completed, ids[0]],
    );

  it('is archived after those that were made here, in batches too', async () => {
    await copyAsImported('2020-01-01T00:00:00.000Z');
    expect(await archive(async (lines) => void (await readAll(lines)), { limit: 3 })).toEqual({
      archived: 3,
      after: ids[2],
    });
    expect(await there()).toEqual([IMPORTED]);
    expect(
      await archive(async (lines) => void (await readAll(lines)), { limit: 3, after: ids[2] ?? null }),
    ).toEqual({
      archived: 1,
      after: null,
    });
    expect(await there()).toEqual([]);
  });

  it('stays as long as its end is not old enough', async () => {
    await copyAsImported('2030-01-01T00:00:00.000Z');
    const before = '2029-01-01T00:00:00.000Z';
    expect(await archive(async (lines) => void (await readAll(lines)), { before })).toEqual({
      archived: 3,
      after: null,
    });
    expect(await there()).toEqual([IMPORTED]);
  });
});
