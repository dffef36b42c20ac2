import { createHash } from 'node:crypto';
import type { Database } from '@awe/server/ledger/database';
import { allSecrets, insertSecret } from '@awe/server/ledger/secrets';
import { resealSecrets } from '@awe/server/webhooks/resealing';
import { createSealing, SealingFailure } from '@awe/server/webhooks/sealing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

const AT = '2026-04-23T10:00:00.000Z';
const key = (name: string) => createHash('sha256').update(name).digest();
const [first, second, third] = [key('first'), key('second'), key('third')];

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

async function store(
  name: string,
  sealedUnder: Buffer,
  value: string,
  previous: string | null,
): Promise<string> {
  const { seal } = createSealing([sealedUnder]);
  const id = v7();
  await insertSecret(database.kysely, {
    id,
    name,
    sealed: seal(value, id),
    previous_sealed: previous === null ? null : seal(previous, id),
    effective_at: AT,
    created_at: AT,
    deleted_at: null,
  });
  return id;
}

test('everything is sealed under the first key, after which the old one can go', async () => {
  const old = await store('old', first, 'the value', 'the one before');
  const current = await store('current', second, 'another value', null);
  await store('lost', third, 'nobody knows', null);
  const before = await allSecrets(database.kysely);

  expect(await resealSecrets(database.kysely, createSealing([second, first]))).toEqual({
    resealed: 1,
    unreadable: ['lost'],
  });
  const byName = new Map((await allSecrets(database.kysely)).map((row) => [row.name, row]));
  const { open } = createSealing([second]);
  expect(open(byName.get('old')?.sealed ?? '', old)).toBe('the value');
  expect(open(byName.get('old')?.previous_sealed ?? '', old)).toBe('the one before');
  expect(open(byName.get('current')?.sealed ?? '', current)).toBe('another value');
  expect(byName.get('current')).toEqual(before.find((row) => row.name === 'current'));
  expect(byName.get('lost')).toEqual(before.find((row) => row.name === 'lost'));
  expect(() => open(byName.get('lost')?.sealed ?? '', old)).toThrow(SealingFailure);

  expect(await resealSecrets(database.kysely, createSealing([second, first]))).toMatchObject({ resealed: 0 });
});
