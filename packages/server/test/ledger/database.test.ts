import { type Database, openDatabase } from '@awe/server/ledger/database';
import { isContention, isTaken, isUnavailable } from '@awe/server/ledger/database-failure';
import { readInstant } from '@awe/server/ledger/instant-column';
import { StartFailure } from '@awe/server/start-failure';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlOfDatabase } from '../database-url.ts';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const settings = { poolSize: 1, connectTimeoutMs: 2_000, statementTimeoutMs: 2_000, onError: () => {} };

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('It was expected to fail.');
    },
    (error: unknown) => error,
  );
}

async function useOnce<Result>(url: string, work: (opened: Database) => Promise<Result>): Promise<Result> {
  const opened = openDatabase({ ...settings, url });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

describe('values', () => {
  it('come as instants, numbers and documents', async () => {
    const { rows } = await database.pool.query(`
      select '2026-04-23 12:00:00.12+02'::timestamptz as fraction, '2026-04-23T10:00:00Z'::timestamptz as whole,
             '2026-04-23T10:00:00.999999Z'::timestamptz as cut, null::timestamptz as never,
             count(*) as count, '{"a": [1]}'::jsonb as document from generate_series(1, 3)`);
    expect(rows).toEqual([
      {
        fraction: '2026-04-23T10:00:00.120Z',
        whole: '2026-04-23T10:00:00.000Z',
        cut: '2026-04-23T10:00:00.999Z',
        never: null,
        count: 3,
        document: { a: [1] },
      },
    ]);
  });

  it('come so to Kysely too', async () => {
    const row = await database.kysely
      .selectNoFrom((expression) =>
        expression.cast<string>(expression.val('2026-01-01'), 'timestamptz').as('at'),
      )
      .executeTakeFirstOrThrow();
    expect(row.at).toBe('2026-01-01T00:00:00.000Z');
  });

  it.each([
    ['2026-04-23 10:00:00+00', '2026-04-23T10:00:00.000Z'],
    ['2026-04-23 15:30:00.5+05:30', '2026-04-23T10:00:00.500Z'],
    ['2026-04-23 08:00:00-02', '2026-04-23T10:00:00.000Z'],
  ])('read %s as an instant in whatever zone the session is', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it('leave other pools of the process as they were', async () => {
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    const { rows } = await client.query(
      `select 1::int8 as number, '2026-04-23T10:00:00Z'::timestamptz as at`,
    );
    await client.end();
    expect(rows).toEqual([{ number: '1', at: new Date('2026-04-23T10:00:00Z') }]);
  });
});

describe('sessions', () => {
  const SESSION = `select current_setting('TimeZone') as zone, current_setting('application_name') as name,
                          current_setting('statement_timeout') as timeout, current_setting('work_mem') as work_mem,
                          current_setting('transaction_isolation') as isolation`;

  it('are in UTC, named, and limited in time', async () => {
    const { rows } = await useOnce(fresh.url, ({ pool }) => pool.query(SESSION));
    expect(rows[0]).toMatchObject({ zone: 'UTC', name: 'awe', timeout: '2s', isolation: 'read committed' });
  });

  it('keep what the URL asks for, except for what our statements rely on', async () => {
    const options = encodeURIComponent(
      '-c TimeZone=Asia/Tokyo -c default_transaction_isolation=serializable -c work_mem=7MB',
    );
    const url = `${fresh.url}${fresh.url.includes('?') ? '&' : '?'}options=${options}&application_name=other`;
    const { rows } = await useOnce(url, ({ pool }) => pool.query(SESSION));
    expect(rows[0]).toMatchObject({
      zone: 'UTC',
      name: 'other',
      work_mem: '7MB',
      isolation: 'read committed',
    });
  });

  it('are all gone once it is closed, which may be said twice', async () => {
    const opened = openDatabase({ ...settings, url: fresh.url, poolSize: 3 });
    await Promise.all([1, 2, 3].map(() => opened.pool.query('select pg_sleep(0)')));
    await Promise.all([opened.close(), opened.close()]);
    await opened.close();
    expect(opened.pool.totalCount).toBe(0);
  });
});

describe('a lost connection', () => {
  const end = (pid: unknown) => database.pool.query('select pg_terminate_backend($1)', [pid]);

  it('that nobody uses is reported, and replaced', async () => {
    let report: (error: Error) => void = () => {};
    const reported = new Promise<Error>((resolve) => {
      report = resolve;
    });
    const opened = openDatabase({ ...settings, url: fresh.url, onError: (error) => report(error) });
    const { rows } = await opened.pool.query('select pg_backend_pid() as pid');
    await end(rows[0].pid);
    expect(isUnavailable(await reported)).toBe(true);
    expect((await opened.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await opened.close();
  });

  it('that somebody uses rejects what they ask, and nothing else happens', async () => {
    const opened = openDatabase({ ...settings, url: fresh.url });
    const client = await opened.pool.connect();
    const lost = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await end(rows[0].pid);
    await lost;
    expect(isUnavailable(await failureOf(client.query('select 1')))).toBe(true);
    client.release(true);
    await opened.close();
  });

  it('in the middle of a query is the database being away', async () => {
    const opened = openDatabase({ ...settings, url: fresh.url });
    const failure = await failureOf(opened.pool.query('select pg_terminate_backend(pg_backend_pid())'));
    expect(failure).toMatchObject({ code: '57P01' });
    expect(isUnavailable(failure)).toBe(true);
    await opened.close();
  });
});

describe('telling "the database is away" from faults of ours', () => {
  it.each([
    ['nobody listens', 'postgres://awe:hidden@127.0.0.1:1/awe'],
    ['no socket', 'postgres://awe@localhost:1/awe?host=/nowhere'],
    ['no such host', 'postgres://awe@database.invalid/awe'],
  ])('away: %s', async (_, url) => {
    const failure = await useOnce(url, ({ pool }) => failureOf(pool.query('select 1')));
    expect(isUnavailable(failure)).toBe(true);
  });

  it('away: no such database', async () => {
    const url = urlOfDatabase(fresh.url, 'awe_nowhere');
    expect(isUnavailable(await useOnce(url, ({ pool }) => failureOf(pool.query('select 1'))))).toBe(true);
  });

  it('away: a statement that takes too long', async () => {
    const opened = openDatabase({ ...settings, url: fresh.url, statementTimeoutMs: 20 });
    expect(isUnavailable(await failureOf(opened.pool.query('select pg_sleep(60)')))).toBe(true);
    await opened.close();
  });

  it('away: no connection becomes free in time', async () => {
    const opened = openDatabase({ ...settings, url: fresh.url, connectTimeoutMs: 500 });
    const client = await opened.pool.connect();
    expect(isUnavailable(await failureOf(opened.pool.query('select 1')))).toBe(true);
    client.release();
    await opened.close();
    expect(isUnavailable(await failureOf(opened.pool.query('select 1')))).toBe(true);
  });

  it('ours: a wrong statement, a broken constraint, a missing file, anything else', async () => {
    const wrong = await failureOf(database.pool.query('select from where'));
    expect(wrong).toMatchObject({ code: '42601' });
    expect(isUnavailable(wrong)).toBe(false);
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' });
    expect(isUnavailable(missing)).toBe(false);
    expect(isUnavailable(new Error('undefined is not a function'))).toBe(false);
    expect(isUnavailable('no error at all')).toBe(false);
  });

  it('a value that is taken', async () => {
    const insert = `insert into callback_secret (id, name, sealed, effective_at, created_at)
                    values (gen_random_uuid(), 'one', 'sealed', now(), now())`;
    await database.pool.query(insert);
    const failure = await failureOf(database.pool.query(insert));
    expect([isTaken(failure), isUnavailable(failure), isContention(failure)]).toEqual([true, false, false]);
  });

  it('a transaction that PostgreSQL gave up', async () => {
    const change = `update callback_secret set sealed = 'again' where name = 'one'`;
    const failure = await failureOf(
      database.kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (trx) => {
          await trx.selectFrom('callback_secret').select('id').execute();
          await database.pool.query(change);
          await trx
            .updateTable('callback_secret')
            .set({ sealed: 'first' })
            .where('name', '=', 'one')
            .execute();
        }),
    );
    expect(failure).toMatchObject({ code: '40001' });
    expect([isTaken(failure), isUnavailable(failure), isContention(failure)]).toEqual([false, false, true]);
  });
});

describe('a URL', () => {
  it('that cannot be understood stops the start, without showing the password', () => {
    const open = () => openDatabase({ ...settings, url: 'postgres://awe:hidden@host:port/awe' });
    expect(open).toThrow(StartFailure);
    expect(open).toThrow(/^DATABASE_URL cannot be used \(.*\): it looks like postgres:/);
    expect(open).not.toThrow(/hidden/);
  });

  it.each([
    [
      'postgres://awe:hidden@db.example.org:5433/approvals',
      'database "approvals" at db.example.org, port 5433, as "awe"',
    ],
    [
      'postgres://awe@/approvals?host=/run/pg',
      'database "approvals" at the socket in /run/pg, port 5432, as "awe"',
    ],
  ])('is described without its password: %s', async (url, target) => {
    const opened = openDatabase({ ...settings, url });
    expect(opened.target).toBe(target);
    await opened.close();
  });
});
