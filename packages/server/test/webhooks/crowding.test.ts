import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, testClock } from './outbox.ts';
import { type Answer, type Call, type Receiver, startReceiver } from './receiver.ts';
import { tell } from './story.ts';

let outbox: Outbox;
let dead: Receiver;
let quick: Receiver;
const clock = testClock();
const silence = (): Promise<Answer> => new Promise(() => {});

beforeEach(async () => {
  outbox = await openOutbox();
  // One server stands for many origins: each of 127.0.0.2, 127.0.0.3, … is one of its own.
  dead = await startReceiver(silence);
  quick = await startReceiver();
});
afterEach(async () => {
  await outbox.close();
  await dead.close();
  await quick.close();
});

function deadOrigin(index: number): string {
  return dead.url.replace('127.0.0.1', `127.0.${Math.floor(index / 250)}.${2 + (index % 250)}`);
}

async function requests(count: number, callbackUrl: string): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await tell(outbox.database, { callbackUrl, at: clock.now() });
}

const hostOf = (call: Call) => String(call.headers.host);

test('sixty receivers that hang get one attempt each, and a healthy one gets all of its own', async () => {
  for (let index = 0; index < 60; index += 1) await requests(4, deadOrigin(index));
  const { dispatcher, recorded } = outbox.worker({ clock, patienceMs: 0 });
  dispatcher.start();
  await dead.calls.reach(60);
  await requests(20, quick.url);
  dispatcher.wake();
  await recorded.reach(20);
  expect(quick.answered.all).toHaveLength(20);
  expect(new Set(dead.calls.all.map(hostOf)).size).toBe(60);
  expect(dead.calls.all).toHaveLength(60);
});

test('hundreds that hang, on few places, leave the way to one that was never met', async () => {
  for (let index = 0; index < 300; index += 1) await requests(1, deadOrigin(index));
  const { dispatcher, recorded } = outbox.worker({ clock, patienceMs: 0, webhook: { concurrency: 64 } });
  dispatcher.start();
  // Half of the places and then some: the first of them are known to be slow by now.
  await dead.calls.reach(33);
  clock.pass(1);
  await requests(5, quick.url);
  dispatcher.wake();
  await recorded.reach(5);
  expect(recorded.all.map((result) => result.outcome)).toEqual(Array(5).fill('delivered'));
  expect(dead.calls.all.length).toBeLessThan(64);
});

test('a path that hangs does not hold back another path of the same host', async () => {
  const host = await startReceiver(({ path }) => (path === '/slow' ? silence() : { status: 200 }));
  await requests(30, `${host.origin}/slow`);
  const { dispatcher, recorded } = outbox.worker({ clock, patienceMs: 0 });
  dispatcher.start();
  await host.calls.reach(1);
  await requests(1, `${host.origin}/fast`);
  dispatcher.wake();
  await recorded.reach(1);
  expect(host.calls.all.map(({ path }) => path)).toEqual(['/slow', '/fast']);
  await host.close();
});

test('a host whose paths are all different gets no more attempts at once than one receiver', async () => {
  for (let index = 0; index < 40; index += 1) await requests(1, `${dead.origin}/requests/${index}`);
  const { dispatcher, recorded } = outbox.worker({ clock, patienceMs: 0, slowAfterMs: 3_600_000 });
  dispatcher.start();
  await dead.calls.reach(8);
  await requests(3, quick.url);
  dispatcher.wake();
  await recorded.reach(3);
  expect(dead.calls.all).toHaveLength(8);
});

test('a receiver that answers earns its places', async () => {
  let most = 0;
  let open = 0;
  const all = Promise.withResolvers<void>();
  const receiver = await startReceiver(async () => {
    open += 1;
    most = Math.max(most, open);
    // By then it has earned them: from now on nothing is answered until eight are here together.
    if (receiver.calls.all.length > 30) {
      if (open === 8) all.resolve();
      await all.promise;
    }
    open -= 1;
    return { status: 200 };
  });
  await requests(60, receiver.url);
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  await recorded.reach(60);
  expect(most).toBe(8);
  await receiver.close();
});
