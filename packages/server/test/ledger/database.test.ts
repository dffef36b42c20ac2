import { openDatabase } from '@awe/server/ledger/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../postgres.ts';
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => { fresh = await freshDatabase(); });
afterAll(() => fresh.drop());
describe('x', () => {
  it('y', async () => {
    const db = openDatabase({ url: fresh.url, poolSize: 2, connectTimeoutMs: 1000, statementTimeoutMs: 1000, onError: (e) => { throw e; } });
    const r = await db.pool.query(`select now(), '2026-01-01T00:00:00.1Z'::timestamptz as a, 5::int8 as b, current_setting('TimeZone') tz, current_setting('application_name') an`);
    console.log(fresh.url, r.rows, await db.kysely.selectFrom('approval_policy').selectAll().execute());
    await db.close();
    expect(1).toBe(1);
  });
});
