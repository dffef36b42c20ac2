import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type RequestLine, writeLine } from '../integrity/export-line.ts';

/**
 * Writes requests to `<name>.ndjson` in a directory that is there. The file appears complete or not at all, and is on
 * disk when this resolves. What a crash leaves behind ends in `.part` and may be removed.
 */
export async function writeArchive(
  directory: string,
  name: string,
  lines: AsyncIterable<RequestLine>,
): Promise<void> {
  const complete = join(directory, `${name}.ndjson`);
  const part = `${complete}.part`;
  try {
    const file = await open(part, 'wx', 0o640);
    try {
      for await (const line of lines) await file.writeFile(writeLine(line));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, complete);
    await syncDirectory(directory);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Only then does the file's name survive a loss of power. */
async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
