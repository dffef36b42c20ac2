import { setTimeout as delay } from 'node:timers/promises';
import { type Instant, secondsAfter } from '@awe/engine/instant';
import { createAlarm } from '../alarm.ts';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../ledger/database.ts';
import { type Chain, claimDeliveries } from '../ledger/deliveries-claim.ts';
import { nextDeliveryDue } from '../ledger/deliveries-next.ts';
import { type DeliveryResult, recordDeliveries } from '../ledger/deliveries-record.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { attemptDelivery } from './attempt.ts';
import { createLanes } from './lanes.ts';
import { createRecorder } from './recorder.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** Sends what is in the outbox. Every replica runs one; the leases keep them apart. */
export type Dispatcher = {
  /** Something may be due now: to be called after a commit that wrote deliveries. Many calls at once cost one look. */
  wake(): void;
  start(): void;
  /**
   * Claims nothing more, lets attempts in flight end, gives back what was not begun and writes all results. Attempts
   * that take too long are broken off and given back. May be called more than once.
   */
  stop(): Promise<void>;
};

export type DispatcherOptions = {
  database: Pick<Database, 'pool'>;
  outbound: Pick<Outbound, 'post'>;
  secrets: Pick<SigningSecrets, 'secretsFor'>;
  clock: Clock;
  config: Pick<Settings, 'webhook'>;
  log: Record<'warn' | 'error', (detail: object, message: string) => void>;
  /** Told of results once they are written, for metrics. */
  onRecorded?: (results: DeliveryResult[]) => void;
  /** How long `stop` lets attempts run on; milliseconds. Default 20 s, within the 30 s of a shutdown. */
  patienceMs?: number;
};

/**
 * A lease lasts for two whole attempts and twice this, and an attempt is begun only if a whole one and this are left of it:
 * clocks of replicas may differ by this much, and results take a moment to be written, before an attempt overlaps another.
 */
const LEASE_MARGIN_SECONDS = 5;
/**
 * Claimed for each place of a receiver: one being sent and one ready, so that no place waits for the next claim. With 8
 * places on 2 cores a single quick receiver got 1,150 to 1,550 deliveries a second that way, without it 650 to 800.
 */
const CHAINS_PER_PLACE = 2;
const PATIENCE_MS = 20_000;
const FLUSH_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, clock, log } = options;
  const settings = options.config.webhook;
  // What is only held ready must not take one receiver more than half of all places.
  const chainsPerReceiver = Math.max(
    settings.concurrency_per_receiver,
    Math.min(settings.concurrency_per_receiver * CHAINS_PER_PLACE, Math.floor(settings.concurrency / 2)),
  );
  const alarm = createAlarm();
  const stopping = new AbortController();
  const breakingOff = new AbortController();
  let mayHaveMore = false;
  let running: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;

  const lanes = createLanes(settings.concurrency_per_receiver, () => {
    if (mayHaveMore) alarm.ring();
  });
  const recorder = createRecorder({
    record: (results) => recordDeliveries(database.pool, results),
    log,
    onRecorded: (counted, late) => {
      for (const result of counted) if (isExhausted(result)) warnOfExhausted(result);
      for (const { id } of late) log.warn({ delivery_id: id }, 'a callback ended after its lease');
      options.onRecorded?.(counted);
      // A first attempt that ended lets the next event of its request go.
      alarm.ring();
    },
  });
  const attemptOptions = {
    ...options,
    schedule: settings,
    timeoutMs: settings.timeout_seconds * 1000,
    signal: breakingOff.signal,
  };

  function warnOfExhausted({ id, status_code, error }: DeliveryResult & { outcome: 'failed' }): void {
    log.warn({ delivery_id: id, status_code, error }, 'a callback is exhausted; it can be retried by hand');
  }

  /** Whether a whole attempt that begins now ends within the lease. */
  function covers(leaseEnd: Instant): boolean {
    return secondsAfter(clock.now(), settings.timeout_seconds + LEASE_MARGIN_SECONDS) <= leaseEnd;
  }

  async function run({ deliveries, leaseEnd }: Chain): Promise<void> {
    for (const delivery of deliveries) {
      if (stopping.signal.aborted || !covers(leaseEnd)) {
        recorder.add({ id: delivery.id, leaseEnd, at: clock.now(), outcome: 'released' });
        continue;
      }
      try {
        recorder.add(await attemptDelivery(delivery, leaseEnd, attemptOptions));
      } catch (error) {
        // Not given back: the lease's end is the pause before the next try.
        log.error({ err: error, delivery_id: delivery.id }, 'the secret of a callback could not be loaded');
        return;
      }
    }
  }

  /** Claims once and sets off what it got. Returns whether there may be more to claim right now. */
  async function claim(): Promise<boolean> {
    // Results that are not written yet count too: while the database takes none, nothing more is sent.
    const free = settings.concurrency - lanes.size() - recorder.size();
    const limit = Math.min(free, settings.batch_size);
    mayHaveMore = limit <= 0;
    if (limit <= 0) return false;
    const now = clock.now();
    const held = lanes.held();
    const leaseEnd = secondsAfter(now, 2 * (settings.timeout_seconds + LEASE_MARGIN_SECONDS));
    const chains = await claimDeliveries(database.pool, {
      now,
      leaseEnd,
      chains: limit,
      chainsPerReceiver,
      held,
    });
    const taken = new Map(held);
    for (const chain of chains) taken.set(chain.receiver, (taken.get(chain.receiver) ?? 0) + 1);
    mayHaveMore = chains.length === limit || [...taken.values()].some((count) => count >= chainsPerReceiver);
    for (const chain of chains) lanes.add(chain.receiver, () => run(chain));
    return chains.length > 0;
  }

  async function sleep(): Promise<void> {
    const now = clock.now();
    const next = await nextDeliveryDue(database.pool, now);
    const untilNext = next === null ? Number.POSITIVE_INFINITY : Date.parse(next) - Date.parse(now);
    if (stopping.signal.aborted) return;
    await alarm.sleep(Math.min(untilNext, settings.poll_interval_seconds * 1000));
  }

  async function loop(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      try {
        if (!(await claim())) await sleep();
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        log.error({ err: error }, 'callbacks could not be claimed; it is tried again');
        await delay(pause, undefined, { signal: stopping.signal }).catch(() => {});
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  async function end(): Promise<void> {
    stopping.abort();
    alarm.ring();
    const timer = setTimeout(() => breakingOff.abort(), options.patienceMs ?? PATIENCE_MS);
    await running;
    await lanes.idle();
    clearTimeout(timer);
    const lost = await recorder.close(FLUSH_MS);
    if (lost > 0)
      log.warn({ results: lost }, 'results of callbacks were not written; they are attempted again');
  }

  return {
    wake: () => alarm.ring(),
    start: () => {
      running ??= loop();
    },
    stop: () => {
      stopped ??= end();
      return stopped;
    },
  };
}

function isExhausted(result: DeliveryResult): result is DeliveryResult & { outcome: 'failed' } {
  return result.outcome === 'failed' && result.next_attempt_at === null;
}
