import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Clock } from '../../../packages/server/src/clock.ts';
import { loadConfig } from '../../../packages/server/src/config/config.ts';
import { createLog } from '../../../packages/server/src/log.ts';
import { startService } from '../../../packages/server/src/service.ts';
import { urlOfDatabase } from '../../../packages/server/test/database-url.ts';
import { ENCRYPTION_KEYS, SECRET, type Stand } from '../../../packages/server/test/service/stand.ts';

/** The database of a stand, for those who come to it by themselves. */
export async function databaseUrlOf(stand: Stand): Promise<string> {
  const [row] = await stand.sql<{ name: string }>('select current_database() as name');
  return urlOfDatabase(inject('postgres').adminUrl, row?.name ?? '');
}

/** A session of somebody else on the stand's database: an operator at a prompt, a report, a backup. */
export async function foreignSession(stand: Stand): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await databaseUrlOf(stand), application_name: 'foreign' });
  await client.connect();
  return client;
}

/**
 * One more replica on the stand's database, with a clock or a way to the database of its own. Returns its number, to call
 * it by; the stand stops it in the end.
 */
export async function addReplica(
  stand: Stand,
  options: { clock?: Clock; databaseUrl?: string; env?: Record<string, string> },
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-replica-'));
  const env = {
    DATABASE_URL: options.databaseUrl ?? (await databaseUrlOf(stand)),
    AWE__SERVER__PORT: '0',
    AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
    AWE__SECRETS__ENCRYPTION_KEYS: ENCRYPTION_KEYS,
    AWE__DATABASE__POOL_SIZE: '4',
    ...options.env,
  };
  const service = await startService({
    config: loadConfig({ env, cwd: directory }),
    clock: options.clock ?? stand.clock,
    directory,
    log: createLog('test', process.env.LOG_LEVEL ?? 'silent'),
  });
  const stop = async () => {
    await service.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return stand.services.push({ ...service, stop }) - 1;
}
