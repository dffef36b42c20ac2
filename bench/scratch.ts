import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const left = new Set<string>();

process.on('exit', () => {
  for (const directory of left) rmSync(directory, { recursive: true, force: true });
});

/** A new directory among the temporary ones, which is gone when the bench ends if nobody removes it before. */
export async function makeScratch(purpose: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `awe-bench-${purpose}-`));
  left.add(directory);
  // For root: where the account of PostgreSQL gets through, the data stays in here, and goes with it.
  await chmod(directory, 0o711);
  return directory;
}

export async function removeScratch(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  left.delete(directory);
}
