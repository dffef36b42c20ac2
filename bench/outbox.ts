import { setTimeout as delay } from 'node:timers/promises';
import { runSql } from './cluster.ts';

const LOOK_EVERY_MS = 100;

/**
 * Waits until no delivery is left that is to be sent within the hour (those of the floor are due in a year, and those to
 * `except` never arrive). Resolves to the seconds that it took; rejects after `patienceSeconds`.
 */
export async function outboxEmpty(databaseUrl: string, patienceSeconds = 60, except = ''): Promise<number> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  for (;;) {
    const [row] = await runSql<{ left: boolean }>(
      databaseUrl,
      `select exists (
         select from webhook_delivery
         where status = 'pending' and receiver <> '${except}' and next_attempt_at < now() + interval '1 hour'
       ) as left`,
    );
    if (!row?.left) return seconds();
    if (seconds() > patienceSeconds)
      throw new Error(`deliveries are pending after ${patienceSeconds} s: ${await samples(databaseUrl)}`);
    await delay(LOOK_EVERY_MS);
  }
}

async function samples(databaseUrl: string): Promise<string> {
  const rows = await runSql(
    databaseUrl,
    `select attempt, last_error, min(next_attempt_at) as due, now() as now, count(*) from webhook_delivery
     where status = 'pending' group by attempt, last_error limit 5`,
  );
  return JSON.stringify(rows);
}
