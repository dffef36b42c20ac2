import { describe, expect, it } from 'vitest';
import { healthFaults, type Outage } from '../crashes/health-faults.ts';
import type { Probe } from '../crashes/health-watch.ts';
import { readOptions } from '../crashes/options.ts';
import { playRounds } from '../crashes/rounds.ts';
import { FAULTS } from '../crashes/strikes.ts';
import { roundLine, summaryTable } from '../crashes/summary.ts';
import { deadlineIn } from '../crashes/until.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2 ** 31);

it(`each fault once loses nothing, and all is well again (AWE_SEED=${SEED})`, async () => {
  const lines: string[] = [];
  const results = await playRounds({
    rounds: FAULTS.length,
    seed: SEED,
    only: FAULTS,
    lanes: FAULTS.length,
    onRound: (result, place) => {
      lines.push(roundLine(result, place, FAULTS.length));
    },
  });
  expect(
    results.flatMap(({ fault, seed, faults }) => faults.map((what) => `${fault} ${seed}: ${what}`)),
  ).toEqual([]);
  expect(results.map(({ fault }) => fault).sort()).toEqual([...FAULTS].sort());
  for (const { acknowledged, deliveries, lost } of results) {
    expect(Math.min(acknowledged, deliveries)).toBeGreaterThan(0);
    expect(lost).toBe(0);
  }
  expect(lines).toHaveLength(FAULTS.length);
}, 240_000);

describe('health is held against the known outage', () => {
  const outage: Outage = { struck: 100, away: { from: 110, until: 200 }, recovered: 300, affected: [0] };
  const probe = (start: number, status: number | null, service = 0): Probe => ({
    service,
    start,
    end: start + 5,
    status,
  });
  const honest = [
    probe(0, 200),
    probe(120, 503),
    probe(150, null),
    probe(310, 503),
    probe(320, 200),
    probe(330, 200),
  ];

  it('and an honest one is passed', () => {
    expect(healthFaults(honest, outage)).toEqual([]);
  });

  it.each([
    [
      '503 while nothing was wrong',
      [probe(10, 503)],
      'said 503 while nothing was wrong, -90 ms after the fault',
    ],
    [
      '200 while the database was away',
      [probe(130, 200)],
      'said 200 while the database was away, 30 ms after the fault',
    ],
    ['a relapse', [probe(340, 503)], 'said 503 again when all was well, 240 ms after the fault'],
    ['another status', [probe(140, 500)], 'said 500 of all things, 40 ms after the fault'],
  ])('and %s is seen', (_, more, says) => {
    const probes = [...honest, ...more].sort((a, b) => a.start - b.start);
    expect(healthFaults(probes, outage)).toEqual([`Health of service 0 ${says}.`]);
  });

  it('and one that never came back is seen', () => {
    expect(healthFaults(honest.slice(0, 4), outage)).toEqual(['Health of service 0 never said 200 again.']);
  });

  it('and the other replica has to be well throughout', () => {
    expect(healthFaults([...honest, probe(120, 503, 1)], outage)).toEqual([
      'Health of service 1 said 503 though the fault was another one’s, 20 ms after the fault.',
    ]);
  });
});

describe('npm run chaos', () => {
  it('reads its options, and the seed also from AWE_SEED', () => {
    const options = readOptions(['--rounds', '3', '--only', 'sigterm, kill-backend'], { AWE_SEED: '7' });
    expect(options).toMatchObject({ rounds: 3, seed: 7, only: ['sigterm', 'kill-backend'], lanes: 3 });
    expect(readOptions(['--seed', '8'], { AWE_SEED: '7' })).toMatchObject({
      rounds: 100,
      seed: 8,
      only: FAULTS,
    });
  });

  it('refuses options that mean nothing', () => {
    expect(() => readOptions(['--only', 'flood'], {})).toThrow(
      /^--only: there is no fault flood; there are kill-service, /,
    );
    expect(() => readOptions(['--rounds', '0'], {})).toThrow(
      '--rounds: 0 is not a whole number of at least 1.',
    );
    expect(() => readOptions(['--seed', 'x'], {})).toThrow('--seed: x is not a whole number of at least 0.');
  });

  it('sums its rounds up, a line for each fault and one for all', () => {
    const round = {
      seed: 1,
      calls: 10,
      acknowledged: 5,
      unknown: 1,
      deliveries: 4,
      duplicates: 2,
      lost: 0,
      seconds: 1,
      evidence: {},
    };
    const table = summaryTable([
      { ...round, fault: 'sigterm', faults: [] },
      { ...round, fault: 'kill-backend', faults: ['x'], lost: 1 },
    ]);
    expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      [
        'fault',
        'rounds',
        'calls',
        'acknowledged',
        'unknown',
        'deliveries',
        'duplicates',
        'lost',
        'faulty rounds',
      ],
      ['sigterm', '1', '10', '5', '1', '4', '2', '0', '0'],
      ['kill-backend', '1', '10', '5', '1', '4', '2', '1', '1'],
      ['all', '2', '20', '10', '2', '8', '4', '1', '1'],
    ]);
  });

  it('says what a round was waiting for when its time is over', async () => {
    const deadline = deadlineIn(0.05);
    const never = deadline.within('the sun', new Promise(() => {}));
    await expect(never).rejects.toThrow("Waited in vain for the sun: the round's 0.05 s are over.");
    const look = deadline.until('the moon', () => {
      throw new Error('clouds');
    });
    await expect(look).rejects.toThrow(/^Waited in vain for the moon: /);
  });
});
