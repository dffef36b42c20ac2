import { secondsAfter } from '@awe/engine/instant';
import { type ClaimLimits, claimDeliveries } from '@awe/server/ledger/deliveries-claim';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, type TestClock, testClock } from './outbox.ts';
import { tell } from './story.ts';

let outbox: Outbox;
let clock: TestClock;

beforeEach(async () => {
  outbox = await openOutbox();
  clock = testClock();
});
afterEach(() => outbox.close());

async function claim(lanes: Record<string, [room: number, held: number]>, more: Partial<ClaimLimits> = {}) {
  const now = clock.now();
  const { chains, after } = await claimDeliveries(outbox.database.pool, {
    now,
    leaseEnd: secondsAfter(now, 30),
    chains: 100,
    lanes: new Map(Object.entries(lanes).map(([lane, [room, held]]) => [lane, { room, held }])),
    elsewhere: 8,
    after: null,
    ...more,
  });
  return { receivers: chains.map((chain) => chain.receiver).sort(), after };
}

async function due(...callbackUrls: string[]) {
  for (const callbackUrl of callbackUrls) await tell(outbox.database, { callbackUrl, at: clock.now() });
}

const [a, b, c] = ['https://a.example/', 'https://b.example/', 'https://c.example/'];

test('each lane gets its room, and those with the fewest chains in hand come first', async () => {
  await due(a, a, a, a, b, b, c);
  const lanes: Parameters<typeof claim>[0] = { [a]: [2, 1], [b]: [3, 0], [c]: [0, 3] };
  expect((await claim(lanes, { chains: 2 })).receivers).toEqual([a, b]);
  expect((await claim(lanes)).receivers).toEqual([a, a, b]);
});

test('receivers that are not named get one chain each, and share the room of their origin', async () => {
  const paths = ['1', '2', '3', '4'].map((path) => `${a}${path}`);
  await due(...paths, ...paths, b, b);
  expect((await claim({ 'https://a.example': [3, 1], [`${a}4`]: [2, 0] })).receivers).toEqual([
    ...paths.slice(0, 3),
    ...[`${a}4`, `${a}4`, b],
  ]);
  expect((await claim({ 'https://a.example': [0, 4] }, { elsewhere: 0 })).receivers).toEqual([]);
});

test('first attempts come before later ones, and among equals the newest does not wait for a queue', async () => {
  await due(a, b, c);
  await outbox.database.pool.query('update webhook_delivery set attempt = 1 where receiver = $1', [a]);
  clock.pass(1);
  await due('https://d.example/', 'https://e.example/');
  expect((await claim({}, { chains: 4 })).receivers).not.toContain(a);
  expect((await claim({})).receivers).toEqual([a]);

  for (let index = 0; index < 9; index += 1) {
    await due(`https://${index}.example/`);
    clock.pass(1);
  }
  const first = await claim({}, { chains: 2 });
  expect(first.receivers).toEqual(['https://0.example/', 'https://8.example/']);
});

test('what waits for its time is not looked at, and does not hide what is due', async () => {
  await due(a, b);
  await outbox.database.pool.query('update webhook_delivery set next_attempt_at = $2 where receiver = $1', [
    a,
    secondsAfter(clock.now(), 60),
  ]);
  expect((await claim({})).receivers).toEqual([b]);
});

test('very many receivers are walked in stretches, each of them once', async () => {
  const { requestId } = await tell(outbox.database, { callbackUrl: a, at: clock.now() });
  await outbox.database.pool.query(
    `insert into approval_event
     select gen_random_uuid(), $1, 1 + n, 'stage_started', '{}', null, $2 from generate_series(1, 1500) n`,
    [requestId, clock.now()],
  );
  // Attempted before, so that they are no first attempts that wait for each other.
  await outbox.database.pool.query(
    `insert into webhook_delivery
     select gen_random_uuid(), $1, 1 + n, 'stage_started', format('https://%s.example/', n), 'pending', 1, $2, null, null,
       null, $2, $2 from generate_series(1, 1500) n`,
    [requestId, clock.now()],
  );
  const claimed: string[] = [];
  let after: string | null = null;
  let stretches = 0;
  do {
    const stretch = await claim({}, { chains: 2000, after });
    claimed.push(...stretch.receivers);
    after = stretch.after;
    stretches += 1;
  } while (after !== null);
  expect(stretches).toBeGreaterThan(1);
  expect(claimed).toHaveLength(1501);
  expect(new Set(claimed).size).toBe(1501);
  expect(await claim({}, { chains: 2000 })).toEqual({ receivers: [], after: null });
});
