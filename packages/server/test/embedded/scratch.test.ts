import { stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { startScratch } from '../../src/embedded/scratch.ts';
import { query } from './service-process.ts';

it('is a quick database that leaves nothing behind', async () => {
  const lines: string[] = [];
  const scratch = await startScratch((line) => lines.push(line));
  expect(await query(scratch.url, `select current_setting('fsync') fsync`)).toEqual([{ fsync: 'off' }]);
  const sockets = new URL(scratch.url).searchParams.get('host')!;
  const temporary = sockets.slice(0, sockets.indexOf('/postgres/run'));
  expect((await stat(temporary)).isDirectory()).toBe(true);
  await scratch.stop();
  expect(await scratch.exited).toEqual({ kind: 'stopped' });
  expect(await stat(temporary).catch(() => null)).toBeNull();
  expect(lines).toEqual([expect.stringMatching(/^PostgreSQL 18\.\d+ \(pid \d+\) is up/)]);
  await scratch.stop();
});
