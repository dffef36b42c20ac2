import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import type { Entry } from '../integrity/export-line.ts';
import type { Link } from '../integrity/link.ts';
import type { Tables } from './tables.ts';

/** Where the last checkpoint stands; null: there is none. */
export type LastCheckpoint = { number: number; jws: string; scanned_until: Instant | null };

/**
 * Everything that is new since then, or as much as one checkpoint takes: then there is `more`. `scannedUntil` is this
 * database's time before the search began.
 */
export type News = {
  last: LastCheckpoint | null;
  audit: { sequence: number; hash: Link };
  changed: Entry[];
  more: boolean;
  scannedUntil: Instant;
};

export type NewCheckpoint = {
  number: number;
  id: string;
  key_id: string;
  jws: string;
  scanned_until: Instant | null;
};

/**
 * How far before the last search the next one begins. Longer than a statement may run (`written_at` is when it began),
 * and than the clocks of a database and of its stand-by are apart. What is found again costs a look-up.
 */
const OVERLAP = '15 minutes';

/**
 * Runs `work` with what is new since the last checkpoint; what it answers is written. Whoever makes a checkpoint waits for
 * whoever is making one; readers wait for nobody. approval_event_written finds what was written, and checkpoint_entry's
 * primary key what of it was stated already.
 */
export async function makeCheckpoint(
  db: Kysely<Tables>,
  most: number,
  work: (news: News) => Promise<NewCheckpoint | null>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`lock table checkpoint in share row exclusive mode`.execute(trx);
    const news = await readNews(trx, most);
    const made = await work(news);
    if (made === null) return;
    await trx.insertInto('checkpoint').values(made).execute();
    await sql`
      insert into checkpoint_entry (request_id, sequence, hash, number)
      select e.request_id, e.sequence, decode(e.hash, 'hex'), ${made.number}
      from jsonb_to_recordset(${JSON.stringify(news.changed)}) as e (request_id uuid, sequence integer, hash text)
    `.execute(trx);
  });
}

async function readNews(trx: Kysely<Tables>, most: number): Promise<News> {
  const last =
    (await trx
      .selectFrom('checkpoint')
      .select(['number', 'jws', 'scanned_until'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? null;
  const { rows } = await sql<{ sequence: number; hash: Link; now: Instant }>`
    select sequence, encode(hash, 'hex') as hash, clock_timestamp() as now from audit_head`.execute(trx);
  const [head] = rows;
  if (!head) throw new Error('audit_head has no row');
  const { now, ...audit } = head;
  const found = await readChanged(trx, last?.scanned_until ?? null, most + 1);
  return { last, audit, changed: found.slice(0, most), more: found.length > most, scannedUntil: now };
}

/** In order of their ids. Without a time, all that were not stated yet. */
async function readChanged(trx: Kysely<Tables>, since: Instant | null, limit: number): Promise<Entry[]> {
  const written =
    since === null
      ? sql`true`
      : sql`r.id in (
          select e.request_id from approval_event e where e.written_at >= ${since}::timestamptz - ${OVERLAP}::interval
        )`;
  const { rows } = await sql<Entry>`
    select r.id as request_id, r.sequence, encode(r.head_hash, 'hex') as hash
    from approval_request r
    where r.head_hash is not null and ${written}
      and not exists (select from checkpoint_entry c where c.request_id = r.id and c.sequence = r.sequence)
    order by r.id
    limit ${limit}`.execute(trx);
  return rows;
}
