import { setTimeout as delay } from 'node:timers/promises';
import { type Instant, secondsAfter } from '@awe/engine/instant';
import { createAlarm } from '../alarm.ts';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../ledger/database.ts';
import { type Chain, claimDeliveries } from '../ledger/deliveries-claim.ts';
import { nextDeliveryDue } from '../ledger/deliveries-next.ts';
import { type DeliveryResult, recordDeliveries } from '../ledger/deliveries-record.ts';
import { pausedReceivers } from '../ledger/paused-receivers.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { attemptDelivery } from './attempt.ts';
import { createHandover, type Handover } from './handover.ts';
import { createLanes, type Told } from './lanes.ts';
import { createPauses } from './pauses.ts';
import { createRecorder } from './recorder.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import { within } from './within.ts';

/** Sends what is in the outbox. Every replica runs one; the leases keep them apart. */
export type Dispatcher = {
  /** Something may be due now: to be called after a commit that wrote deliveries. Many calls at once cost one look. */
  wake(): void;
  /** Sees at once who is paused; other replicas do within {@link PAUSES_MS}. Rejects when the database does not answer. */
  lookAtPauses: () => Promise<void>;
  /** For whoever commits: deliveries that need not be claimed. */
  handover: Handover;
  start(): void;
  /**
   * Claims nothing more, gives back what was not begun, lets attempts in flight end and writes all results. Attempts
   * that take too long are broken off and given back. Takes 21 s at most, whatever hangs. May be called more than once.
   */
  stop(): Promise<void>;
};

export type DispatcherOptions = {
  /** With sessions that only reach rows by an index, see `claimDeliveries`. */
  database: Pick<Database, 'pool'>;
  outbound: Pick<Outbound, 'notify'>;
  secrets: Pick<SigningSecrets, 'secretsFor'>;
  clock: Clock;
  config: Pick<Settings, 'webhook'>;
  log: Record<'warn' | 'error', (detail: object, message: string) => void>;
  /** Told of results once they are written, for metrics. */
  onRecorded?: (results: DeliveryResult[]) => void;
  /** How long `stop` lets attempts run on; milliseconds. Default 15 s, within the 30 s of a shutdown. */
  patienceMs?: number;
  /** How long `stop` waits for the results of ended attempts to be written; milliseconds. Default 5 s. */
  flushMs?: number;
  /** When an attempt counts as slow; milliseconds. Default 1 s, or half of the timeout when that is earlier. */
  slowAfterMs?: number;
};

/**
 * A lease lasts for two whole attempts and twice this, and an attempt is begun only if a whole one and this are left of it:
 * clocks of replicas may differ by this much, and results take a moment to be written, before an attempt overlaps another.
 */
const LEASE_MARGIN_SECONDS = 5;
const PATIENCE_MS = 15_000;
/** For attempts that were broken off to notice it. */
const BREAKING_OFF_MS = 1_000;
const FLUSH_MS = 5_000;
const SLOW_AFTER_MS = 1_000;
/** What the next due time was is believed this long; our own retries are known without asking. */
const ASK_AGAIN_MS = 500;
/** Between two claims that took all there was; a claim costs much the same for one delivery as for fifty. */
const GATHER_MS = 8;
/** After this, twice this and so on up to the poll interval it is looked again at what could not be claimed when it came. */
const SOON_MS = 200;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Between two looks at who is paused, unless the outbox is looked at more often. */
const PAUSES_MS = 2_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, clock, log } = options;
  const settings = options.config.webhook;
  const timeoutMs = settings.timeout_seconds * 1000;
  const pollMs = settings.poll_interval_seconds * 1000;
  const alarm = createAlarm();
  const stopping = new AbortController();
  const breakingOff = new AbortController();
  let claimedAt = Number.NEGATIVE_INFINITY;
  let mayHaveMore = false;
  /** The walk over all receivers that is under way: where it goes on, and whether it has found anything. */
  let after: string | null = null;
  let found = false;
  /** Something may be in the outbox that waits for us: it was put there unleased, or by another replica, or came back. */
  let claimable = true;
  /** What was put there last may wait for another replica's attempt, whose end nobody tells us of. */
  let impatienceMs = SOON_MS;
  /** Claimed, and without a written result: what is still to come of these may let later events of their requests go. */
  const unwritten = new Set<string>();
  let due: { next: Instant | null; askedAt: number } = { next: null, askedAt: Number.NEGATIVE_INFINITY };
  let running: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;

  const lanes = createLanes({
    places: settings.concurrency,
    widest: Math.min(settings.concurrency_per_receiver, settings.concurrency),
    slowAfterMs: options.slowAfterMs ?? Math.min(SLOW_AFTER_MS, timeoutMs / 2),
    onRoom: () => {
      if (mayHaveMore) alarm.ring();
    },
  });
  const pauses = createPauses({
    read: () => pausedReceivers(database.pool),
    everyMs: Math.min(PAUSES_MS, pollMs),
    onResumed: wake,
  });
  const recorder = createRecorder({
    record: (results) => recordDeliveries(database.pool, results),
    log,
    onRecorded: (counted, late) => {
      for (const result of counted) if (isExhausted(result)) warnOfExhausted(result);
      for (const { id } of late) log.warn({ delivery_id: id }, 'a callback ended after its lease');
      options.onRecorded?.(counted);
      for (const result of counted) {
        if (result.outcome === 'failed' && result.next_attempt_at !== null) expectDue(result.next_attempt_at);
        claimable ||= result.outcome === 'released';
      }
      // A first attempt that ended lets the next event of its request go, which may wait in the outbox when this one did.
      for (const { id } of [...counted, ...late]) claimable = unwritten.delete(id) || claimable;
      if (claimable) alarm.ring();
    },
  });
  const attemptOptions = {
    ...options,
    schedule: settings,
    timeoutMs,
    signal: breakingOff.signal,
  };

  function warnOfExhausted({ id, status_code, error }: DeliveryResult & { outcome: 'failed' }): void {
    log.warn({ delivery_id: id, status_code, error }, 'a callback is exhausted; it can be retried by hand');
  }

  function wake(): void {
    claimable = true;
    impatienceMs = SOON_MS;
    alarm.ring();
  }

  /** Whether a whole attempt that begins now ends within the lease. */
  function covers(leaseEnd: Instant): boolean {
    return secondsAfter(clock.now(), settings.timeout_seconds + LEASE_MARGIN_SECONDS) <= leaseEnd;
  }

  function release({ deliveries, leaseEnd }: Chain): void {
    for (const { id } of deliveries) recorder.add({ id, leaseEnd, at: clock.now(), outcome: 'released' });
  }

  /** Returns whether every delivery was attempted. */
  async function run(
    { deliveries, leaseEnd, receiver }: Chain,
    tell: (told: Told) => void,
  ): Promise<boolean> {
    for (const [index, delivery] of deliveries.entries()) {
      if (stopping.signal.aborted || pauses.has(receiver) || !covers(leaseEnd)) {
        release({ receiver, leaseEnd, deliveries: deliveries.slice(index) });
        return false;
      }
      try {
        const result = await attemptDelivery(delivery, leaseEnd, attemptOptions);
        recorder.add(result);
        if (result.outcome === 'released') return false;
        tell(result.status_code === null ? 'unanswered' : 'answered');
      } catch (error) {
        // Not given back: the lease's end is the pause before the next try.
        for (const { id } of deliveries.slice(index)) unwritten.delete(id);
        log.error({ err: error, delivery_id: delivery.id }, 'the secret of a callback could not be loaded');
        return false;
      }
    }
    return true;
  }

  const handover = createHandover({
    lanes: {
      add: lanes.add,
      mayTake: (receiver) => !pauses.has(receiver) && lanes.mayTake(receiver),
    },
    run,
    release,
    leaseEnd: () => {
      const takes = running !== null && !stopping.signal.aborted && recorder.size() < settings.concurrency;
      return takes ? secondsAfter(clock.now(), settings.timeout_seconds + 2 * LEASE_MARGIN_SECONDS) : null;
    },
  });

  /** Claims once and sets off what it got. Returns whether there may be more to claim right now. */
  async function claim(): Promise<boolean> {
    const { chains: free, lanes: named, elsewhere } = lanes.openings();
    // Results that are not written yet count too: while the database takes none, nothing more is sent.
    const bearable = 2 * settings.concurrency - lanes.size() - recorder.size();
    const limit = Math.min(free, bearable, settings.batch_size);
    mayHaveMore = true;
    if (limit <= 0) return false;
    const now = clock.now();
    const leaseEnd = secondsAfter(now, 2 * (settings.timeout_seconds + LEASE_MARGIN_SECONDS));
    const claimed = await claimDeliveries(database.pool, {
      now,
      leaseEnd,
      chains: limit,
      lanes: named,
      elsewhere,
      after,
      paused: pauses.list(),
    });
    for (const chain of claimed.chains) {
      if (stopping.signal.aborted) release(chain);
      else {
        for (const { id } of chain.deliveries) unwritten.add(id);
        const toTheEnd = async (tell: (told: Told) => void) => void (await run(chain, tell));
        lanes.add(chain.receiver, { run: toTheEnd, giveBack: () => release(chain) });
      }
    }
    mayHaveMore =
      claimed.chains.length === limit || [...lanes.openings().lanes.values()].some(({ room }) => room === 0);
    after = claimed.after;
    found ||= claimed.chains.length > 0;
    claimable = found || after !== null;
    if (after !== null) return true;
    const again = found;
    found = false;
    return again;
  }

  function expectDue(at: Instant): void {
    if (due.next === null || at < due.next) due = { ...due, next: at };
  }

  async function sleep(): Promise<void> {
    const now = clock.now();
    if (performance.now() - due.askedAt > ASK_AGAIN_MS || (due.next !== null && due.next <= now))
      due = { next: await nextDeliveryDue(database.pool, now), askedAt: performance.now() };
    const { next } = due;
    const untilNext = next === null ? Number.POSITIVE_INFINITY : Date.parse(next) - Date.parse(now);
    if (stopping.signal.aborted) return;
    await alarm.sleep(Math.min(untilNext, impatienceMs, pollMs));
    impatienceMs = Math.min(2 * impatienceMs, pollMs);
  }

  /** What becomes due within this pause goes along with the next claim. An idle dispatcher has long had its pause. */
  async function gather(): Promise<void> {
    const ms = claimedAt + GATHER_MS - performance.now();
    if (ms > 0) await delay(ms, undefined, { signal: stopping.signal }).catch(() => {});
    claimedAt = performance.now();
  }

  async function loop(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let backlog = false;
    while (!stopping.signal.aborted) {
      try {
        if (!pauses.known()) await pauses.refresh();
        if (!backlog) await gather();
        const found = await claim();
        backlog = found && (mayHaveMore || after !== null);
        if (!found) await sleep();
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
    lanes.giveBack();
    const ended = Promise.resolve(running).then(lanes.idle);
    if (!(await within(options.patienceMs ?? PATIENCE_MS, ended))) {
      breakingOff.abort();
      await within(BREAKING_OFF_MS, ended);
    }
    const lost = await recorder.close(options.flushMs ?? FLUSH_MS);
    if (lost > 0)
      log.warn({ results: lost }, 'results of callbacks were not written; they are attempted again');
  }

  return {
    handover,
    wake,
    lookAtPauses: pauses.refresh,
    start: () => {
      running ??= Promise.all([loop(), pauses.watch(stopping.signal)]).then(() => {});
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
