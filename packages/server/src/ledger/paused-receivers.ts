import type { Kysely, Selectable } from 'kysely';
import type { Pool } from 'pg';
import type { PausedReceiverTable, Tables } from './tables.ts';

export type PausedReceiver = Selectable<PausedReceiverTable>;

const PAUSED = 'select receiver from paused_receiver';

/** The names of all receivers to whom nothing is sent. A table of few rows, read every other second. */
export async function pausedReceivers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ receiver: string }>(PAUSED);
  return rows.map((row) => row.receiver);
}

/** Primary key. False: it was paused already, and stays as it was. */
export async function insertPause(db: Kysely<Tables>, pause: PausedReceiver): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('paused_receiver')
    .values(pause)
    .onConflict((conflict) => conflict.column('receiver').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Primary key. Returns the pause that has ended, or null when there was none. */
export async function deletePause(db: Kysely<Tables>, receiver: string): Promise<PausedReceiver | null> {
  const ended = await db
    .deleteFrom('paused_receiver')
    .where('receiver', '=', receiver)
    .returningAll()
    .executeTakeFirst();
  return ended ?? null;
}
