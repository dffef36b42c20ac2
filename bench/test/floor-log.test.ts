import { expect, it } from 'vitest';
import { readFloorLog } from '../floor-log.ts';

it('counts what began after the warm-up, by the time that each client was at it', () => {
  const log = [
    '0 0 400000 0 100 400000', // begins at 100.0: warm-up
    '0 1 200000 0 100 800000', // 100.6 to 100.8
    '0 2 200000 0 101 0', // 100.8 to 101.0
    '1 0 600000 0 100 600000', // begins at 100.0: warm-up
    '1 1 400000 0 101 0', // 100.6 to 101.0
    '',
  ].join('\n');
  const { times, seconds, operations } = readFloorLog(log, 0.5);
  expect(times).toEqual([200, 200, 400]);
  expect(seconds).toBeCloseTo(0.4, 6);
  expect(operations).toBe(5);
});

it('is empty for an empty log', () => {
  expect(readFloorLog('', 0.5)).toEqual({ times: [], seconds: 0, operations: 0 });
});
