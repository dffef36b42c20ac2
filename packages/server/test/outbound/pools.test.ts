import { buildConnector } from 'undici';
import { expect, it } from 'vitest';
import { createPools } from '../../src/outbound/pools.ts';

const pools = () => createPools(buildConnector({}), 2);

it('remembers only so many idle origins, and forgets the one used longest ago', async () => {
  const kept = pools();
  const lent = new Map<string, unknown>();
  const use = (origin: string) => kept.use(origin, async (pool) => lent.set(origin, pool));
  for (const origin of ['http://a', 'http://b', 'http://a', 'http://c']) await use(origin);
  expect(kept.size()).toBe(2);
  const before = new Map(lent);
  await use('http://a');
  expect(lent.get('http://a')).toBe(before.get('http://a'));
  await use('http://b');
  expect(lent.get('http://b')).not.toBe(before.get('http://b'));
  expect(before.get('http://b')).toMatchObject({ destroyed: true });
  await kept.destroy();
});

it('never drops an origin in use, however many there are', async () => {
  const kept = pools();
  const finish = Promise.withResolvers<void>();
  const calls = ['http://a', 'http://b', 'http://c', 'http://d'].map((origin) =>
    kept.use(origin, async (pool) => {
      await finish.promise;
      return pool.destroyed;
    }),
  );
  expect(kept.size()).toBe(4);
  finish.resolve();
  expect(await Promise.all(calls)).toEqual([false, false, false, false]);
  expect(kept.size()).toBe(2);
  await kept.destroy();
});
