import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A directory for the tests of one file; it goes with them. */
export function scratchDirectory(): () => string {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'awe-cli-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return () => directory;
}
