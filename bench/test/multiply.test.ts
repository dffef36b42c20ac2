import { expect, it } from 'vitest';
import { idFor } from '../multiply.ts';

it('makes v7 ids that rise with the copy and differ by kind', () => {
  const ids = [idFor(1, 0), idFor(1, 17), idFor(2, 0), idFor(5_000_000, 4_095)];
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
});
