import { createRetention, type Kept } from '@awe/server/retention/retention';
import { expect, it } from 'vitest';
import { happenings } from '../webhooks/happenings.ts';

const clock = { now: () => '2026-04-23T10:00:00.000Z' };

function retentionOf(kept: Kept[]) {
  const lines = happenings<{ level: string; detail: object; message: string }>();
  const write = (level: string) => (detail: object, message: string) => lines.add({ level, detail, message });
  return {
    retention: createRetention({ clock, kept, log: { info: write('info'), error: write('error') } }),
    lines,
  };
}

const keys = (remove: Kept['remove'], days = 30): Kept => ({ what: 'keys', days, remove });

it('removes what is older than so many days, and says how much', async () => {
  const asked: string[] = [];
  const { retention, lines } = retentionOf([
    keys(async (before) => {
      asked.push(before);
      return 7;
    }),
  ]);
  expect(await retention.runDue()).toBe(7);
  expect(asked).toEqual(['2026-03-24T10:00:00.000Z']);
  expect(lines.all).toEqual([
    {
      level: 'info',
      detail: { removed: 7, before: '2026-03-24T10:00:00.000Z' },
      message: 'keys past their retention of 30 days are removed',
    },
  ]);
});

it('keeps for ever what has 0 days, and says nothing when there was nothing', async () => {
  const never = keys(() => Promise.reject(new Error('asked')), 0);
  const { retention, lines } = retentionOf([never, keys(async () => 0)]);
  expect(await retention.runDue()).toBe(0);
  expect(lines.all).toEqual([]);
});

it('goes on with the next kind when one cannot be removed, and says which', async () => {
  const error = new Error('the disk is full');
  const { retention, lines } = retentionOf([
    { what: 'requests', days: 1, remove: () => Promise.reject(error) },
    keys(async () => 2),
  ]);
  expect(await retention.runDue()).toBe(2);
  expect(lines.all).toMatchObject([
    {
      level: 'error',
      detail: { err: error },
      message: 'requests past their retention could not be removed; it is tried again in an hour',
    },
    { level: 'info', detail: { removed: 2 } },
  ]);
});

it('stops in the middle of a long removal', async () => {
  const begun = Promise.withResolvers<void>();
  let later = false;
  const { retention } = retentionOf([
    keys(async (_, signal) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return 1;
    }),
    keys(async () => {
      later = true;
      return 1;
    }),
  ]);
  retention.start();
  await begun.promise;
  await retention.stop();
  expect(later).toBe(false);
});
