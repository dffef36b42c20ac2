import { setTimeout as delay } from 'node:timers/promises';
import { failureCode, isLocked } from '../ledger/database-failure.ts';
import type { DeliveryResult } from '../ledger/deliveries-record.ts';
import { within } from './within.ts';

export type RecorderOptions = {
  /** Writes results; gives the ids of those that counted. */
  record: (results: readonly DeliveryResult[]) => Promise<string[]>;
  log: { error: (detail: object, message: string) => void };
  /** Told after each statement: the results that counted, and those that came too late. */
  onRecorded: (counted: DeliveryResult[], late: DeliveryResult[]) => void;
};

/**
 * Writes results one statement at a time: what arrives while one is in flight shares the next. While the database is
 * away, or somebody holds a row, results are kept and written later; those that it never takes are attempts that are made
 * again.
 */
export type Recorder = {
  add: (result: DeliveryResult) => void;
  /** Results that are not written yet. */
  size: () => number;
  /**
   * Waits until everything is written or `ms` have passed, then takes nothing more. Resolves to the number of results that
   * were not written.
   */
  close: (ms: number) => Promise<number>;
};

const BATCH = 500;
/** Results that end within this pause are written in one statement. */
const GATHER_MS = 10;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** SQLSTATE class 22: the data itself is at fault, and would be the next time too. */
const DATA_FAULT = /^22/;

export function createRecorder({ record, log, onRecorded }: RecorderOptions): Recorder {
  const queue: DeliveryResult[] = [];
  const givingUp = new AbortController();
  let writing: Promise<void> | null = null;

  async function write(batch: DeliveryResult[]): Promise<void> {
    try {
      const counted = new Set(await record(batch));
      queue.splice(0, batch.length);
      const isCounted = (result: DeliveryResult) => counted.has(result.id);
      onRecorded(
        batch.filter(isCounted),
        batch.filter((result) => !isCounted(result)),
      );
    } catch (error) {
      const isOfOne = isDataFault(error) || isLocked(error);
      if (isOfOne && batch.length > 1) return writeOneByOne(batch);
      if (!isDataFault(error)) throw error;
      log.error({ err: error, delivery_id: batch[0]?.id }, 'the result of a callback cannot be written');
      queue.splice(0, 1);
    }
  }

  async function writeOneByOne(batch: DeliveryResult[]): Promise<void> {
    let locked: unknown = null;
    for (const result of batch) {
      try {
        await write([result]);
      } catch (error) {
        if (!isLocked(error)) throw error;
        // Its turn comes again, behind the others.
        queue.push(...queue.splice(0, 1));
        locked = error;
      }
    }
    if (locked !== null) throw locked;
  }

  async function drain(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (queue.length > 0 && !givingUp.signal.aborted) {
      try {
        await write(queue.slice(0, BATCH));
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        log.error({ err: error, waiting: queue.length }, 'results of callbacks are not written yet');
        await delay(pause, undefined, { signal: givingUp.signal }).catch(() => {});
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
    writing = null;
  }

  return {
    add(result) {
      if (givingUp.signal.aborted) return;
      queue.push(result);
      writing ??= delay(GATHER_MS).then(drain);
    },
    size: () => queue.length,
    async close(ms) {
      // Also when a statement hangs, which nothing here can end.
      if (writing) await within(ms, writing);
      givingUp.abort();
      return queue.length;
    },
  };
}

function isDataFault(error: unknown): boolean {
  return DATA_FAULT.test(failureCode(error) ?? '');
}
