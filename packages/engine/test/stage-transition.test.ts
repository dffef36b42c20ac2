import {
  isActive,
  nextStageStatus,
  STAGE_TRANSITIONS,
  type StageEvent,
  type StageStatus,
} from '@awe/engine/stage-transition';
import { describe, expect, test } from 'vitest';

/** The table once more as a picture: one row a state, one column an event, `-` is illegal. */
const EVENTS = [
  'opened',
  'lookup_failed',
  'passed_over',
  'blocked',
  'carried',
  'defeated',
  'request_ended',
] as const satisfies readonly StageEvent[];

const PICTURE: Record<StageStatus, string> = {
  waiting: '   open activating skipped rejected -        -         cancelled',
  activating: 'open activating skipped rejected -        -         cancelled',
  open: '      -    -          -       -        approved rejected  cancelled',
  approved: '  -    -          -       -        -        -         approved',
  rejected: '  -    -          -       -        -        -         rejected',
  skipped: '   -    -          -       -        -        -         skipped',
  cancelled: ' -    -          -       -        -        -         cancelled',
};

const CELLS = Object.entries(PICTURE).flatMap(([from, row]) =>
  row
    .trim()
    .split(/\s+/)
    .map((to, i) => [from as StageStatus, EVENTS[i] as StageEvent, to] as const),
);

describe('the life of a stage', () => {
  test('has a rule for every state and every event', () => {
    expect(Object.keys(STAGE_TRANSITIONS).sort()).toEqual(Object.keys(PICTURE).sort());
    for (const row of Object.values(STAGE_TRANSITIONS))
      expect(Object.keys(row).sort()).toEqual([...EVENTS].sort());
    expect(CELLS).toHaveLength(7 * 7);
  });

  test.each(CELLS.filter(([, , to]) => to !== '-'))('%s, %s: %s', (from, event, to) => {
    expect(nextStageStatus(from, event)).toBe(to);
  });

  test.each(CELLS.filter(([, , to]) => to === '-'))('%s cannot be %s', (from, event) => {
    expect(() => nextStageStatus(from, event)).toThrow(`a stage that is ${from} cannot be ${event}`);
  });

  test('ends for good: from an ended state there is no way to another', () => {
    for (const from of ['approved', 'rejected', 'skipped', 'cancelled'] as const)
      for (const to of Object.values(STAGE_TRANSITIONS[from])) expect([null, from]).toContain(to);
  });

  test('is active while it waits for somebody or something', () => {
    expect((Object.keys(PICTURE) as StageStatus[]).filter(isActive)).toEqual(['activating', 'open']);
  });

  test('is checked by the compiler: a table with a hole does not satisfy its type', () => {
    type Complete = Record<StageStatus, Record<StageEvent, StageStatus | null>>;
    type Fits<Table> = Table extends Complete ? true : false;
    // These lines are the test: the type check refuses them when they are wrong.
    const whole: Fits<typeof STAGE_TRANSITIONS> = true;
    const holed: Fits<Omit<typeof STAGE_TRANSITIONS, 'waiting'>> = false;
    expect([whole, holed]).toEqual([true, false]);
  });
});
