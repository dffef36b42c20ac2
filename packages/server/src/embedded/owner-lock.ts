import {
  accessSync,
  constants,
  existsSync,
  lchownSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Area } from './area.ts';
import { EmbeddedFailure } from './embedded-failure.ts';

const SQLITE_BUSY = 5;

/** Keeps the handles from the garbage collector, which would close them and so give the locks up. */
const held = new Set<DatabaseSync>();

export type Ownership = { release(): void };

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/** For the sentence only; `null` when the file is of an owner before this one. */
function ownerPid(area: Area): number | null {
  try {
    const pid = Number(readFileSync(area.pid, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** What root leaves in a user's area must be that user's, or the next start without root could not open it. */
function giveToAreaOwner(area: Area, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(area.root);
  lchownSync(path, uid, gid);
}

/**
 * Makes this process the one owner of the area, until `release` or its end, however that comes. The lock is the kernel's
 * (SQLite's write transaction on an empty file is its portable form), so that it cannot go stale: no pid to
 * misjudge after `kill -9`, a reboot or in another container. Throws `already_running`, and `EACCES` where we may not write.
 */
export function takeOwnership(area: Area, directory: string): Ownership {
  // SQLite would open what it may not write for reading, and fail less clearly later.
  accessSync(area.root, constants.W_OK);
  if (existsSync(area.lock)) accessSync(area.lock, constants.W_OK);
  const lock = new DatabaseSync(area.lock, { timeout: 0 });
  try {
    // Without this, SQLite would leave a journal file beside the lock.
    lock.exec('pragma journal_mode = memory');
    // Immediate takes a single lock: of those who try at once exactly one has it. Exclusive takes several, and all could lose.
    lock.exec('begin immediate');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const pid = ownerPid(area);
    throw new EmbeddedFailure(
      'already_running',
      `Another AWE${pid === null ? '' : ` (pid ${pid})`} is already using ${directory}: stop it, or start this one in another directory.`,
    );
  }
  held.add(lock);
  giveToAreaOwner(area, area.lock);
  // Made anew rather than written to: a link put there by the area's owner is not followed.
  rmSync(area.pid, { force: true });
  writeFileSync(area.pid, `${process.pid}\n`, { flag: 'wx', mode: 0o644 });
  giveToAreaOwner(area, area.pid);
  return {
    release() {
      if (!held.delete(lock)) return;
      rmSync(area.pid, { force: true });
      lock.close();
    },
  };
}
