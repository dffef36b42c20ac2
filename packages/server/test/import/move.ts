import { readFile } from 'node:fs/promises';
import { systemClock } from '@awe/server/clock';
import { type ImportOptions, importReference } from '@awe/server/import/import-reference';
import { readMapping } from '@awe/server/import/mapping';
import type { ImportReport } from '@awe/server/import/report';
import { openSource } from '@awe/server/ledger/import-source';
import { openTarget } from '@awe/server/ledger/import-write';
import { createOutbound } from '@awe/server/outbound/outbound';
import pg from 'pg';
import { emptyDatabase, type FreshDatabase } from '../postgres.ts';

/** The id that the file calls `n`. */
export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A database of the reference implementation, as we assume it. `run` changes it afterwards. */
export type Reference = {
  url: string;
  run: (statements: string) => Promise<void>;
  drop: FreshDatabase['drop'];
};

const REFERENCE = new URL('./reference.sql', import.meta.url);

export async function openReference(): Promise<Reference> {
  const database = await emptyDatabase();
  const run = async (statements: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(statements).finally(() => client.end());
  };
  await run(await readFile(REFERENCE, 'utf8'));
  return { url: database.url, run, drop: database.drop };
}

export type Move = Partial<Pick<ImportOptions, 'write' | 'onProgress' | 'clock'>> & { map?: string };

/** Imports from one database into the other, as the program does. */
export async function move(from: string, to: string, { map, ...options }: Move = {}): Promise<ImportReport> {
  const { mapping, faults } = readMapping(map ?? '');
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const source = openSource(from);
  const target = openTarget(to);
  const settings = { deny_private: false, allow_hosts: [], deny_hosts: [], max_response_bytes: 1_000 };
  const outbound = createOutbound(settings, { allowLoopback: true });
  try {
    return await importReference({
      source,
      target,
      mapping,
      write: false,
      by: 'ada',
      clock: systemClock,
      callbackUrlFault: outbound.callbackUrlFault,
      ...options,
    });
  } finally {
    await Promise.all([source.close(), target.close(), outbound.close()]);
  }
}
