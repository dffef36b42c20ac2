import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Service } from '@awe/server/service';
import { inject } from 'vitest';
import { urlOfDatabase } from '../packages/server/test/database-url.ts';
import { startProcess } from '../packages/server/test/process/service-process.ts';
import { openStand, SECRET, type Stand } from '../packages/server/test/service/stand.ts';

/**
 * A stand whose two replicas are processes of their own, started at the same moment, as two machines would be: they share
 * nothing but PostgreSQL and the key that secrets are stored under. They watch the real time by themselves, so that
 * `hoursPass` is not for them.
 */
export async function openTwoProcesses(env: Record<string, string> = {}): Promise<Stand> {
  const stand = await openStand({ replicas: 0 });
  const directory = await mkdtemp(join(tmpdir(), 'awe-two-'));
  const close = async () => {
    await stand.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const [database] = await stand.sql<{ name: string }>('select current_database() as name');
    const settings = {
      DATABASE_URL: urlOfDatabase(inject('postgres').adminUrl, database?.name ?? ''),
      AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
      AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 7).toString('base64')]),
      AWE__DATABASE__POOL_SIZE: '8',
      ...env,
    };
    const starting = [startReplica(directory, settings), startReplica(directory, settings)];
    const started = await Promise.allSettled(starting);
    for (const each of started) if (each.status === 'fulfilled') stand.services.push(each.value);
    await Promise.all(starting);
    return { ...stand, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startReplica(directory: string, env: Record<string, string>): Promise<Service> {
  const replica = startProcess(directory, env);
  // A run that is broken off must not leave services behind that look for their database for ever.
  const breakOff = () => replica.process.kill('SIGKILL');
  process.once('exit', breakOff);
  const byItself = () => Promise.reject(new Error('a process watches the time by itself'));
  return {
    url: await replica.up,
    runDeadlines: byItself,
    runRetention: byItself,
    stop: async () => {
      process.off('exit', breakOff);
      replica.process.kill('SIGTERM');
      const { code, stderr } = await replica.ended;
      if (code !== 0 || stderr !== '') throw new Error(`a replica ended with ${code}: ${stderr}`);
    },
  };
}
