import { expect, it } from 'vitest';
import { sumText } from '../../src/policies/commands/apply.ts';
import type { Outcome } from '../../src/policies/planning/apply.ts';

const unchanged: Outcome = {
  policy_key: 'a',
  file: 'a.yaml',
  result: 'unchanged',
  version: 1,
  active: true,
  warnings: [],
  error: null,
};
const error = { code: 'AWE-007', status: 409, message: 'Version 2 was written, but not activated' };

it.each<[string, Outcome, string]>([
  ['is there already', unchanged, 'Nothing changed.'],
  ['was written', { ...unchanged, result: 'created' }, '1 of 1 changed.'],
  ['was refused', { ...unchanged, result: 'failed', version: null, error }, 'Nothing changed.'],
  [
    'was written and could not be activated',
    { ...unchanged, result: 'failed', version: 2, error },
    '0 of 1 changed. 1 only in part.',
  ],
])('the sum of what %s', (_, outcome, sum) => {
  expect(sumText([outcome], [])).toBe(sum);
});
