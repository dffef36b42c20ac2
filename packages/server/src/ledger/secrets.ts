import type { Instant } from '@awe/engine/instant';
import type { Kysely, Selectable } from 'kysely';
import type { Pool } from 'pg';
import type { CallbackSecretTable, Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/** A callback secret as it is stored. Until `effective_at` the previous value signs, if there is one. */
export type StoredSecret = {
  id: string;
  name: string;
  sealed: string;
  previous_sealed: string | null;
  effective_at: Instant;
};

/** The name of the secret that signs for requests which name none. */
export const DEFAULT_SECRET = 'default';

const COLUMNS = 'id, name, sealed, previous_sealed, effective_at';

/** Primary key. Deleted ones too: what was asked for while they existed is still signed with them. */
export async function findSecret(pool: Pool, id: string): Promise<StoredSecret | null> {
  const { rows } = await pool.query<StoredSecret>(`select ${COLUMNS} from callback_secret where id = $1`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** callback_secret_name. Null before the first start, and where the default secret is configured. */
export async function findDefaultSecret(pool: Pool): Promise<StoredSecret | null> {
  const { rows } = await pool.query<StoredSecret>(
    `select ${COLUMNS} from callback_secret where name = $1 and deleted_at is null`,
    [DEFAULT_SECRET],
  );
  return rows[0] ?? null;
}

/**
 * Adds the default secret unless there is one. Of two replicas that do this at once the second waits for the first one's
 * row and adds nothing; both read the same one afterwards.
 */
export async function addDefaultSecret(
  pool: Pool,
  secret: { id: string; sealed: string; now: Instant },
): Promise<void> {
  await pool.query(
    `insert into callback_secret (id, name, sealed, effective_at, created_at)
     values ($1, $2, $3, $4, $4)
     on conflict (name) where deleted_at is null do nothing`,
    [secret.id, DEFAULT_SECRET, secret.sealed, secret.now],
  );
}

/** Whether a request may name this secret. Primary key. */
export async function secretIsUsable(pool: Pool, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const { rowCount } = await pool.query('select from callback_secret where id = $1 and deleted_at is null', [
    id,
  ]);
  return rowCount === 1;
}

type SecretRow = Selectable<CallbackSecretTable>;

/** All that are not deleted, by name. */
export function listSecrets(db: Kysely<Tables>): Promise<SecretRow[]> {
  return db
    .selectFrom('callback_secret')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute();
}

/** False: there is one of this name. Of two at once callback_secret_name lets one through. */
export async function insertSecret(trx: Kysely<Tables>, secret: SecretRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('callback_secret')
    .values(secret)
    .onConflict((conflict) => conflict.column('name').where('deleted_at', 'is', null).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Locks a secret that is not deleted until the transaction ends, or null. Primary key. */
export async function lockSecret(trx: Kysely<Tables>, id: string): Promise<SecretRow | null> {
  if (!isUuid(id)) return null;
  const row = await trx
    .selectFrom('callback_secret')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Primary key. */
export async function updateSecret(
  trx: Kysely<Tables>,
  id: string,
  change: Partial<Omit<SecretRow, 'id' | 'name' | 'created_at'>>,
): Promise<void> {
  await trx.updateTable('callback_secret').set(change).where('id', '=', id).execute();
}

/** Every stored value, of deleted ones too. */
export function allSecrets(db: Kysely<Tables>): Promise<SecretRow[]> {
  return db.selectFrom('callback_secret').selectAll().execute();
}

/** Replaces stored values by the same ones in another envelope, unless a rotation came first. Primary key. */
export async function reseal(
  db: Kysely<Tables>,
  {
    id,
    sealed,
    change,
  }: { id: string; sealed: string; change: Pick<SecretRow, 'sealed' | 'previous_sealed'> },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('callback_secret')
    .set(change)
    .where('id', '=', id)
    .where('sealed', '=', sealed)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
