import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { said, usageFailure } from '../failure.ts';

export type ExportFile = {
  path: string;
  write: (line: string) => Promise<void>;
  /** Gives the file its name: only a whole export has it. */
  keep: () => Promise<void>;
  /** Removes what was written, unless it was kept. */
  close: () => Promise<void>;
};

/** Lines are collected up to this many characters, so that a disk is not asked for every one of them. */
const CHUNK = 65_536;

/** Opens `<file>.part`, readable by its owner alone. A file that exists is overwritten with `force` only. */
export async function openExportFile(cwd: string, file: string, force: boolean): Promise<ExportFile> {
  const path = resolve(cwd, file);
  const part = `${path}.part`;
  const exists = await open(path).then(
    (handle) => handle.close().then(() => true),
    () => false,
  );
  if (exists && !force)
    throw usageFailure(`${file} exists: choose another name, or add --force to overwrite it.`);
  const handle: FileHandle = await open(part, 'w', 0o600).catch((error: unknown) => {
    throw usageFailure(`${file} cannot be written: ${said(error)}`);
  });
  let pending = '';
  let kept = false;
  const flush = async () => {
    await handle.writeFile(pending);
    pending = '';
  };
  return {
    path,
    write: async (line) => {
      pending += `${line}\n`;
      if (pending.length >= CHUNK) await flush();
    },
    keep: async () => {
      await flush();
      await handle.sync();
      await rename(part, path);
      kept = true;
    },
    close: async () => {
      await handle.close();
      if (!kept) await rm(part, { force: true });
    },
  };
}
