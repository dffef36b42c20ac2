import { createActiveDelegates } from '@awe/server/ledger/active-delegates';
import type { Database } from '@awe/server/ledger/database';
import {
  type Delegation,
  deleteDelegation,
  insertDelegation,
  listDelegations,
} from '@awe/server/ledger/delegations';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
});

beforeEach(() => database.pool.query('truncate user_delegation'));

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const START = '2026-04-23T10:00:00.000Z';
const END = '2026-04-30T10:00:00.000Z';
const DURING = '2026-04-25T10:00:00.000Z';

async function away(user: string, delegate: string, window: Partial<Delegation> = {}): Promise<Delegation> {
  const delegation = {
    id: v7(),
    user_id: user,
    delegate_to: delegate,
    starts_at: START,
    ends_at: END,
    reason: null,
    created_by: 'admin',
    created_at: START,
    ...window,
  };
  await insertDelegation(database.kysely, delegation);
  return delegation;
}

const delegates = async (users: string[], now = DURING) =>
  Object.fromEntries(await createActiveDelegates(database.pool, { size: 8, lanes: 1 })(users, now));

it('are listed newest first, of one person or of all', async () => {
  const first = await away('amina', 'bao', { reason: 'annual leave' });
  const second = await away('amina', 'chen', { starts_at: '2026-04-24T10:00:00.123Z' });
  const other = await away('dara', 'bao');
  expect(await listDelegations(database.kysely, 'amina')).toEqual([second, first]);
  expect(await listDelegations(database.kysely, null)).toEqual([other, second, first]);
  expect(await listDelegations(database.kysely, 'nobody')).toEqual([]);
  expect(await listDelegations(database.kysely, 'amina\0')).toEqual([]);
});

it('are deleted once', async () => {
  const delegation = await away('amina', 'bao');
  expect(await deleteDelegation(database.kysely, delegation.id)).toEqual(delegation);
  expect(await deleteDelegation(database.kysely, delegation.id)).toBeNull();
  expect(await deleteDelegation(database.kysely, 'not an id')).toBeNull();
  expect(await listDelegations(database.kysely, null)).toEqual([]);
});

it('count from their start until just before their end', async () => {
  await away('amina', 'bao');
  expect(await delegates(['amina'], '2026-04-23T09:59:59.999Z')).toEqual({ amina: null });
  expect(await delegates(['amina'], START)).toEqual({ amina: 'bao', bao: null });
  expect(await delegates(['amina'], '2026-04-30T09:59:59.999Z')).toEqual({ amina: 'bao', bao: null });
  expect(await delegates(['amina'], END)).toEqual({ amina: null });
});

it('of one person: the most recently created window that is active counts', async () => {
  await away('amina', 'bao');
  await away('amina', 'chen');
  await away('amina', 'dara', { starts_at: '2026-05-01T10:00:00.000Z', ends_at: '2026-05-02T10:00:00.000Z' });
  expect(await delegates(['amina'])).toEqual({ amina: 'chen', chen: null });
});

it('of the delegates are told too, one hop far', async () => {
  await away('amina', 'bao');
  await away('bao', 'chen');
  await away('chen', 'dara');
  expect(await delegates(['amina'])).toEqual({ amina: 'bao', bao: 'chen' });
  expect(await delegates(['amina', 'bao', 'amina'])).toEqual({ amina: 'bao', bao: 'chen', chen: 'dara' });
});

it('of nobody, of strangers, and of names that no row can hold are none', async () => {
  expect(await delegates([])).toEqual({});
  expect(await delegates(['zed', 'a"b,{}\\', 'x\0'])).toEqual({ zed: null, 'a"b,{}\\': null, 'x\0': null });
});
