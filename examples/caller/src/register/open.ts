import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

/** The database of the register: one connection, whose calls are synchronous. */
export type Register = DatabaseSync;

const BUSY_MS = 5_000;

/** Opens the register in `directory`; a first one has some parcels, so that there is something to change. */
export function openRegister(directory: string): Register {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Somebody may look into it, or a second register run while one replaces the other: wait for them, and do not fail.
  const register = new DatabaseSync(join(directory, 'register.db'), { timeout: BUSY_MS });
  // A webhook that was answered is not sent again: what it did must outlive the machine, not only the process.
  register.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
  register.exec(SCHEMA);
  return register;
}

/**
 * All of `work` or nothing. It is synchronous and must stay so: on the one connection, whatever ran while it waited would
 * be part of the transaction too.
 */
export function inTransaction<Result>(register: Register, work: () => Result): Result {
  register.exec('begin immediate');
  try {
    const result = work();
    register.exec('commit');
    return result;
  } catch (error) {
    // SQLite has done so itself when the disk is full: this would fail, and hide why.
    if (register.isTransaction) register.exec('rollback');
    throw error;
  }
}
