import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startProcess } from '../../packages/server/test/process/service-process.ts';
import type { Sql } from '../truth/ledger-faults.ts';

/** The service in a process of its own, so that a call that hangs it cannot hang who asks. */
export type Target = {
  url: string;
  sql: Sql;
  /** Stops it as an operator does; resolves with what its log complained of all along, and what was wrong about its end. */
  stop: () => Promise<string[]>;
};

/** Starts the service on a database of its own, in development identity. */
export async function startTarget(databaseUrl: string): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-fuzz-'));
  const service = startProcess(directory, {
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
    AWE__DATABASE__POOL_SIZE: '4',
    AWE__RESOLVER__HTTP_TIMEOUT_SECONDS: '2',
    AWE__WEBHOOK__MAX_ATTEMPTS: '2',
    AWE__WEBHOOK__BACKOFF_SECONDS: '[1]',
  });
  const complaints: string[] = [];
  try {
    const url = await service.up;
    const { stdout } = service.process;
    if (stdout === null) throw new Error('the log of the service is not to be had');
    // Whoever waited for the address keeps all that was printed; from here on each line is looked at once.
    stdout.removeAllListeners('data');
    const lines = createInterface(stdout);
    const allRead = once(lines, 'close');
    lines.on('line', (line) => complaints.push(...complaintIn(line)));
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    return {
      url,
      sql: async (text, values = []) => (await pool.query(text, values)).rows,
      stop: async () => {
        await pool.end();
        service.process.kill('SIGTERM');
        const { code, stderr } = await service.ended;
        await allRead;
        await rm(directory, { recursive: true, force: true });
        if (code !== 0) complaints.push(`the service ended with ${code}`);
        if (stderr !== '') complaints.push(`the service printed: ${stderr.slice(0, 2_000)}`);
        return complaints;
      },
    };
  } catch (error) {
    service.process.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

function complaintIn(line: string): string[] {
  const isFault = /"level":"(?:error|fatal)"/.test(line);
  return isFault || /eyJhbGciOiJub25lIn0\./.test(line) ? [`the log says: ${line.slice(0, 1_000)}`] : [];
}
