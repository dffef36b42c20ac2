import { createLanes, type LanesOptions, type Told } from '@awe/server/webhooks/lanes';
import { createStandings } from '@awe/server/webhooks/standings';
import { expect, test } from 'vitest';
import { happenings } from './happenings.ts';

type Begun = { receiver: string; tell: (told: Told) => void; end: () => void };

/** Lanes and what they did; work goes on until it is told to end. */
function open(options: Partial<LanesOptions> = {}) {
  const begun = happenings<Begun>();
  const givenBack = happenings<string>();
  const room = happenings<null>();
  const lanes = createLanes({
    places: 16,
    widest: 4,
    // Within the test nothing is late unless it says so.
    slowAfterMs: 3_600_000,
    onRoom: () => room.add(null),
    ...options,
  });
  const add = (receiver: string) =>
    lanes.add(receiver, {
      run: (tell) =>
        new Promise((resolve) => {
          begun.add({ receiver, tell, end: resolve });
        }),
      giveBack: () => givenBack.add(receiver),
    });
  const endAll = async () => {
    for (const { end } of begun.all) end();
    lanes.giveBack();
    await lanes.idle();
  };
  return { lanes, add, begun, givenBack, room, endAll };
}

const origins = (count: number) => Array.from({ length: count }, (_, index) => `http://${index}.example/`);

test('receivers that are known to be silent have a quarter of the places together', async () => {
  const { add, begun, room, lanes, endAll } = open({ slowAfterMs: 0 });
  for (const receiver of origins(8)) {
    const before = begun.all.length;
    const changes = room.all.length;
    add(receiver);
    await room.reach(changes + 1);
    const job = begun.all[before];
    job?.tell('unanswered');
    job?.end();
    await lanes.idle();
  }
  expect(begun.all).toHaveLength(8);
  for (const receiver of origins(8)) add(receiver);
  expect(begun.all.slice(8).map(({ receiver }) => receiver)).toEqual(origins(8).slice(0, 4));
  const { lanes: named } = lanes.openings();
  for (const receiver of origins(8)) expect(named.get(receiver)?.room).toBe(0);
  add('http://new.example/');
  expect(begun.all.at(-1)?.receiver).toBe('http://new.example/');
  begun.all[8]?.end();
  await begun.see(({ receiver }) => receiver === origins(8)[4]);
  await endAll();
});

test('the last places are for receivers that have nothing in flight', async () => {
  const { add, begun, lanes, endAll } = open({ places: 8 });
  const busy = 'http://busy.example/';
  for (const told of ['answered', 'answered', 'answered'] as const) {
    add(busy);
    begun.all.at(-1)?.tell(told);
    begun.all.at(-1)?.end();
    await lanes.idle();
  }
  for (let index = 0; index < 4; index += 1) add(busy);
  expect(begun.all.slice(3)).toHaveLength(3);
  add('http://new.example/');
  expect(begun.all.slice(3).map(({ receiver }) => receiver)).toEqual([
    busy,
    busy,
    busy,
    'http://new.example/',
  ]);
  await endAll();
});

test('a quick receiver has as much ready as in flight, and what is ready can be given back', async () => {
  const { add, begun, givenBack, lanes, endAll } = open();
  const receiver = 'http://a.example/';
  add(receiver);
  begun.all[0]?.tell('answered');
  expect(lanes.openings().lanes.get(receiver)).toEqual({ room: 3, held: 1 });
  for (let index = 0; index < 3; index += 1) add(receiver);
  expect(lanes.openings().lanes.get(receiver)).toEqual({ room: 0, held: 4 });
  expect(begun.all).toHaveLength(2);
  lanes.giveBack();
  expect(givenBack.all).toEqual([receiver, receiver]);
  expect(lanes.openings().lanes.get(receiver)).toEqual({ room: 2, held: 2 });
  await endAll();
});

test('what is slow gives back what was ready for it', async () => {
  const { add, begun, givenBack, endAll } = open({ slowAfterMs: 0 });
  for (let index = 0; index < 7; index += 1) add(`http://a.example/${index}`);
  expect(begun.all).toHaveLength(4);
  await givenBack.reach(3);
  expect(begun.all).toHaveLength(4);
  await endAll();
});

test('a receiver that is always slow keeps its places', () => {
  const standings = createStandings(8);
  const receiver = 'http://a.example/';
  for (let index = 0; index < 7; index += 1) standings.answered(receiver, false);
  expect(standings.of(receiver)).toEqual({ places: 8, pace: 'quick' });
  for (let index = 0; index < 8; index += 1) standings.late(receiver);
  expect(standings.of(receiver)).toEqual({ places: 1, pace: 'slow' });
  for (let index = 0; index < 8; index += 1) standings.answered(receiver, true);
  expect(standings.of(receiver)).toEqual({ places: 8, pace: 'slow' });
  standings.unanswered(receiver, false);
  expect(standings.of(receiver)).toEqual({ places: 1, pace: 'quick' });
});

test('only so many receivers and origins are remembered', () => {
  const standings = createStandings(8);
  for (const receiver of origins(1_500)) {
    standings.late(receiver);
    standings.late(receiver.slice(0, -1));
  }
  expect([...standings.receivers()]).toHaveLength(1_000);
  expect([...standings.origins()]).toHaveLength(1_000);
  expect(standings.laneOf('http://1.example/')).toBe('http://1.example');
  expect(standings.laneOf('http://1499.example/')).toBe('http://1499.example/');
});
