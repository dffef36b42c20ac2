import pg from 'pg';
import { expect, it } from 'vitest';
import { urlOfDatabase } from './database-url.ts';
import { freshDatabase, openFresh } from './postgres.ts';

it('clones the migrated template and drops the clone', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(one.url).not.toBe(two.url);
  const database = openFresh(one);
  const { rows } = await database.pool.query('select count(*) from approval_policy');
  await database.close();
  expect(rows).toEqual([{ count: 0 }]);
  await one.drop();
  await two.drop();
  await expect(openFresh(one).pool.query('select 1')).rejects.toMatchObject({ code: '3D000' });
});

it('tells who left a connection open, and drops the database nevertheless', async () => {
  const fresh = await freshDatabase();
  const client = new pg.Client({ connectionString: fresh.url, application_name: 'forgetful' });
  const lost = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  await client.query('select 42 as answer');
  await expect(fresh.drop()).rejects.toThrow(
    'Connections were left open: forgetful (idle): select 42 as answer',
  );
  expect(await lost).toMatchObject({ code: '57P01' });
});

it.each([
  ['postgres://user:secret@host:5432/here', 'postgres://user:secret@host:5432/there'],
  ['postgresql://host', 'postgresql://host/there'],
  ['postgres://user@/here?host=/run/postgresql', 'postgres://user@/there?host=/run/postgresql'],
  ['postgres://host?sslmode=disable', 'postgres://host/there?sslmode=disable'],
])('finds the way from %s to a neighbour', (url, neighbour) => {
  expect(urlOfDatabase(url, 'there')).toBe(neighbour);
});
