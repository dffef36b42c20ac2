import { setTimeout as delay } from 'node:timers/promises';
import { createDice } from './dice.ts';
import { nextMove } from './moves.ts';
import { openNotebook } from './notebook.ts';
import type { RecordedCall } from './recorded-call.ts';
import { startRecording } from './recording.ts';

export type LoadOptions = {
  seed: number;
  clients: number;
  /** The services that run now, asked for at each call; none while all of them are down. */
  urls: () => readonly string[];
  callbackUrl: string;
  /** Makes a task that has a time limit due now; rejects while the database is away. */
  letTimePass: () => Promise<void>;
};

export type Load = {
  /** All that were answered, or were not, so far. */
  calls: RecordedCall[];
  /** Begins no more calls; resolves when the last one has ended. */
  stop: () => Promise<void>;
};

/** A client that was turned away by a failing service does not hammer it. */
const TURNED_AWAY_MS = 25;
const TIME_PASSES = 0.01;

/** Sets clients to work, each one call after the other, until it is told to stop. */
export function startLoad(options: LoadOptions): Load {
  const recording = startRecording();
  const notebook = openNotebook();
  let stopped = false;

  async function client(number: number): Promise<void> {
    const dice = createDice(options.seed, number);
    while (!stopped) {
      if (dice.chance(TIME_PASSES)) await options.letTimePass().catch(() => {});
      const urls = options.urls();
      if (urls.length === 0) {
        await delay(TURNED_AWAY_MS);
        continue;
      }
      const id = recording.nextId();
      const move = nextMove(dice, `word-${id}`, notebook, options.callbackUrl);
      const call = await recording.make(dice.pick(urls), id, move);
      notebook.learn(move, call);
      if (call.answer === null || call.answer.status >= 500) await delay(TURNED_AWAY_MS);
    }
  }

  const clients = Array.from({ length: options.clients }, (_, number) => client(number));
  return {
    calls: recording.calls,
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
    },
  };
}
