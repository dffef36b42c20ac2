import { rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { compress } from './compress.ts';

/**
 * Builds the portal beside what is served, and puts it in its place only when it is whole:
 * `build.ts <folder it is served from> <file in it that remembers the sources> <what to remember>`.
 */
const [dist, builtFrom, hash] = process.argv.slice(2);
if (dist === undefined || builtFrom === undefined || hash === undefined) {
  throw new Error('usage: build.ts <folder> <file> <hash>');
}
const root = join(import.meta.dirname, '..');
const staging = `${dist}-${process.pid}`;
const replaced = `${staging}-replaced`;

// Whoever started the build may end before it.
process.stdin.resume().once('end', () => {
  rmSync(staging, { recursive: true, force: true });
  process.exit(1);
});

try {
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: staging, emptyOutDir: true },
  });
  await compress(staging);
  await writeFile(join(staging, builtFrom), hash);
  await rename(dist, replaced).catch(ignoreMissing);
  await rename(staging, dist).catch(ignoreTaken);
} finally {
  await rm(staging, { recursive: true, force: true });
  await rm(replaced, { recursive: true, force: true });
}
process.exit(0);

/** Nothing was built before, or another build has just moved it. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Another build was faster. */
function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
