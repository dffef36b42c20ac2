import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedFailure, embeddedFailure } from './embedded-failure.ts';
import { launch, type Plan, type Postmaster } from './postmaster.ts';

/** How it came to an end: `stopped` because we said so, `failed` because it would not stay up. */
export type Ended = { kind: 'stopped' } | { kind: 'failed'; failure: EmbeddedFailure };

export type Supervised = { ended: Promise<Ended>; stop(): Promise<void> };

/** Pauses before each restart in a row, in ms; when they are used up, it is given up. */
const PAUSES = [0, 100, 250, 500, 1000, 2000] as const;
/** A server that was up for this long did not die of its start. */
const STEADY_MS = 30_000;
const TRIM_LOG_EVERY_MS = 60_000;

/** Keeps a server running: whenever it ends without being asked, it is started again, on the same socket. */
export function supervise(plan: Plan, first: Postmaster): Supervised {
  const stopping = new AbortController();
  let current: Postmaster | null = first;
  const trimming = setInterval(() => void current?.trimLog().catch(() => {}), TRIM_LOG_EVERY_MS);
  trimming.unref();

  const restart = async (
    cause: string,
    tried: number,
  ): Promise<{ postmaster: Postmaster; tried: number }> => {
    let last = new EmbeddedFailure(
      'server_failed',
      `The embedded PostgreSQL ended right after each of its last ${PAUSES.length} starts (${cause}); its log is ${plan.area.log}`,
    );
    for (let attempt = tried; attempt < PAUSES.length; attempt += 1) {
      await delay(PAUSES[attempt], null, { signal: stopping.signal });
      try {
        return { postmaster: await launch(plan, stopping.signal), tried: attempt + 1 };
      } catch (error) {
        if (stopping.signal.aborted) throw error;
        last = embeddedFailure(error, 'start again', plan.area.root);
        plan.log(last.message);
      }
    }
    throw last;
  };

  const watch = async (): Promise<Ended> => {
    let running = first;
    let tried = 0;
    for (;;) {
      const upSince = performance.now();
      const cause = await running.ended;
      current = null;
      if (stopping.signal.aborted) return { kind: 'stopped' };
      plan.log(`PostgreSQL (pid ${running.pid}) ended unexpectedly (${cause}): starting it again`);
      if (performance.now() - upSince > STEADY_MS) tried = 0;
      ({ postmaster: running, tried } = await restart(cause, tried));
      current = running;
      plan.log(`PostgreSQL (pid ${running.pid}) is up again`);
      if (stopping.signal.aborted) await running.stop();
    }
  };

  const ended = watch()
    .catch((error: unknown): Ended => {
      if (stopping.signal.aborted) return { kind: 'stopped' };
      return { kind: 'failed', failure: embeddedFailure(error, 'run', plan.area.root) };
    })
    .finally(() => clearInterval(trimming));

  return {
    ended,
    async stop() {
      stopping.abort();
      await current?.stop();
      await ended;
    },
  };
}
