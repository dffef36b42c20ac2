import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const LARGEST_BYTES = 8 * 1024 * 1024;

/** PostgreSQL writes straight to the file, so that it neither waits for this process nor breaks when it is killed. */
export type ServerLog = {
  fd: number;
  /** What has been written since the log was opened, its end if it is long. */
  recent(): Promise<string>;
  /** Empties the file when it has grown too large. */
  trim(): Promise<void>;
  close(): Promise<void>;
};

async function writtenSince(handle: FileHandle, start: number): Promise<string> {
  const { size } = await handle.stat();
  const from = Math.max(size < start ? 0 : start, size - 16_384);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Opens the log to append to; one that has grown large is put aside as `<path>.old` first. */
export async function openServerLog(path: string): Promise<ServerLog> {
  const before = await stat(path).catch(() => null);
  if (before !== null && before.size > LARGEST_BYTES) await rename(path, `${path}.old`);
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await open(path, flags, 0o600);
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dirname(path));
    await handle.chown(uid, gid);
  }
  const { size: start } = await handle.stat();
  return {
    fd: handle.fd,
    recent: () => writtenSince(handle, start),
    async trim() {
      // Writers append, so they go on at the new end.
      if ((await handle.stat()).size > LARGEST_BYTES) await handle.truncate(0);
    },
    close: () => handle.close(),
  };
}
