import { secondsAfter } from '@awe/engine/instant';
import { type Clock, systemClock } from '@awe/server/clock';
import { Settings } from '@awe/server/config/settings';
import type { Database } from '@awe/server/ledger/database';
import type { DeliveryResult } from '@awe/server/ledger/deliveries-record';
import { createOutbound } from '@awe/server/outbound/outbound';
import { createDispatcher, type Dispatcher } from '@awe/server/webhooks/dispatcher';
import type { SigningSecrets } from '@awe/server/webhooks/signing-secrets';
import { Value } from 'typebox/value';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { type Happenings, happenings } from './happenings.ts';

export const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

export type TestClock = Clock & { pass: (seconds: number) => void };

/** Stands still until told otherwise. */
export function testClock(start = '2026-04-23T10:00:00.000Z'): TestClock {
  let now = start;
  return {
    now: () => now,
    newId: systemClock.newId,
    pass: (seconds) => {
      now = secondsAfter(now, seconds);
    },
  };
}

export type LogLine = { level: string; detail: object; message: string };

/** One dispatcher and what it did. */
export type Worker = {
  dispatcher: Dispatcher;
  recorded: Happenings<DeliveryResult>;
  log: Happenings<LogLine>;
};

export type WorkerOptions = {
  clock: Clock;
  webhook?: Partial<Settings['webhook']>;
  secretsFor?: SigningSecrets['secretsFor'];
  patienceMs?: number;
  flushMs?: number;
  slowAfterMs?: number;
  /** Where results are told, when several workers are to tell them in one place. */
  recorded?: Happenings<DeliveryResult>;
};

export type Outbox = {
  database: Database;
  /** A dispatcher with a pool of its own, as another replica has; it never looks by itself within a test. */
  worker: (options: WorkerOptions) => Worker;
  rows: () => Promise<OutboxRow[]>;
  /** Resolves once a statement of a worker waits for a lock. */
  waitsForLock: () => Promise<void>;
  close: () => Promise<void>;
};

export type OutboxRow = {
  id: string;
  request_id: string;
  sequence: number;
  status: string;
  attempt: number;
  next_attempt_at: string | null;
  last_status_code: number | null;
  last_error: string | null;
  delivered_at: string | null;
};

export async function openOutbox(): Promise<Outbox> {
  const fresh: FreshDatabase = await freshDatabase();
  const database = openFresh(fresh);
  const outbound = createOutbound(Value.Create(Settings).outbound, { allowLoopback: true });
  const workers: { dispatcher: Dispatcher; database: Database }[] = [];
  return {
    database,
    worker(options) {
      const { clock, webhook = {}, recorded = happenings<DeliveryResult>() } = options;
      const { secretsFor, patienceMs, flushMs, slowAfterMs } = options;
      const own = openFresh(fresh);
      const log = happenings<LogLine>();
      const write = (level: string) => (detail: object, message: string) =>
        log.add({ level, detail, message });
      const dispatcher = createDispatcher({
        database: own,
        outbound,
        secrets: { secretsFor: secretsFor ?? (async () => [SECRET]) },
        clock,
        config: {
          webhook: { ...Value.Create(Settings).webhook, poll_interval_seconds: 3600, ...webhook },
        },
        log: { warn: write('warn'), error: write('error') },
        onRecorded: (results) => {
          for (const result of results) recorded.add(result);
        },
        ...(patienceMs !== undefined && { patienceMs }),
        ...(flushMs !== undefined && { flushMs }),
        ...(slowAfterMs !== undefined && { slowAfterMs }),
      });
      workers.push({ dispatcher, database: own });
      return { dispatcher, recorded, log };
    },
    async rows() {
      const { rows } = await database.pool.query<OutboxRow>(
        `select id, request_id, sequence, status, attempt, next_attempt_at, last_status_code, last_error, delivered_at
         from webhook_delivery order by id`,
      );
      return rows;
    },
    async waitsForLock() {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await database.pool.query(waiting)).rowCount === 0);
    },
    async close() {
      for (const worker of workers) {
        await worker.dispatcher.stop();
        await worker.database.close();
      }
      await outbound.close();
      await database.close();
      await fresh.drop();
    },
  };
}
