import { isDateTime } from '@awe/contract/date-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a date-time', () => {
  it.each([
    '2026-04-23T10:00:00Z',
    '2026-04-23T10:00:00.000Z',
    '2026-04-23T10:00:00.123456+05:30',
    '2024-02-29T23:59:59-11:00',
    '2000-02-29T00:00:00Z',
  ])('may be %s', (text) => {
    expect(isDateTime(text)).toBe(true);
  });

  it.each([
    ['without an offset', '2026-04-23T10:00:00'],
    ['without seconds', '2026-04-23T10:00Z'],
    ['without a time', '2026-04-23'],
    ['on a day that does not exist', '2026-02-29T10:00:00Z'],
    ['on the 31st of a month of 30 days', '2026-04-31T10:00:00Z'],
    ['in a year that only looks like a leap year', '1900-02-29T10:00:00Z'],
    ['in a thirteenth month', '2026-13-01T10:00:00Z'],
    ['at 24 o’clock', '2026-04-23T24:00:00Z'],
    ['in a leap second', '2016-12-31T23:59:60Z'],
    ['with something behind it', '2026-04-23T10:00:00Z\n'],
    ['that is empty', ''],
  ])('may not be one %s', (_, text) => {
    expect(isDateTime(text)).toBe(false);
  });

  it('may be whatever the service itself writes', () => {
    const dates = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => isDateTime(date.toISOString())));
  });
});
