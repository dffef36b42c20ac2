import { describe, expect, it } from 'vitest';
import { parseUser } from '../src/connection/unsigned-token.ts';
import { slicesOf } from '../src/deliveries/slices.ts';
import { distance, shortId } from '../src/output/looks.ts';
import { printable } from '../src/output/printable.ts';
import { artifact, moment } from '../src/values.ts';

const now = new Date('2026-04-23T10:00:00.000Z');

describe('a moment', () => {
  it.each([
    ['24h', '2026-04-22T10:00:00.000Z'],
    ['-90m', '2026-04-23T08:30:00.000Z'],
    ['+7d', '2026-04-30T10:00:00.000Z'],
    ['2026-04-23', '2026-04-23T00:00:00.000Z'],
    ['2026-04-23T12:00', '2026-04-23T12:00:00.000Z'],
    ['2026-04-23T12:00:00.5+02:00', '2026-04-23T10:00:00.500Z'],
  ])('is read from %s', (text, is) => {
    expect(moment(() => now)(text)).toBe(is);
  });

  it.each(['', '7', '1w', '2026-13-01', '23.04.2026', '9999999d'])('is not read from "%s"', (text) => {
    expect(() => moment(() => now)(text)).toThrow('It is such as 2026-04-23T10:00:00Z');
  });
});

it('of an artifact the type ends at the first slash', () => {
  expect(artifact('change_request/CR/1')).toEqual({ artifact_type: 'change_request', artifact_id: 'CR/1' });
});

it('a user has the roles after the first colon, or none', () => {
  expect(parseUser('ada: AWE_ADMIN,X ')).toEqual({ user: 'ada', roles: ['AWE_ADMIN', 'X'] });
  expect(parseUser('olga')).toEqual({ user: 'olga', roles: [] });
});

it.each([
  ['2026-04-23T09:59:59.500Z', 'now'],
  ['2026-04-23T09:59:00.000Z', '1m ago'],
  ['2026-04-20T09:00:00.000Z', '3d ago'],
  ['2026-04-23T15:30:00.000Z', 'in 5h'],
])('the distance of %s is "%s"', (of, is) => {
  expect(distance(of, now)).toBe(is);
});

it('an id is shortened to its end', () => {
  expect(shortId('0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b')).toBe('…9c0d1e2f3a4b');
  expect(shortId('short')).toBe('short');
});

it('what others wrote cannot move the cursor, begin a line or turn text around', () => {
  expect(printable('a\u001b[2Jb\nc\td\u202ee\u009b')).toBe('a\\u001b[2Jb c d\\u202ee\\u009b');
});

describe('slices of a span', () => {
  const span = { since: '2026-04-23T10:00:00.0001Z', until: '2026-04-23T11:00:00.000Z' };

  it('follow each other from its start to its end', () => {
    const slices = slicesOf(span, 7);
    expect(slices).toHaveLength(7);
    expect(slices[0]?.since).toBe(span.since);
    expect(slices.at(-1)?.until).toBe(span.until);
    for (const [at, slice] of slices.entries()) if (at > 0) expect(slice.since).toBe(slices[at - 1]?.until);
  });

  it('are none of nothing, and one of a millisecond', () => {
    expect(slicesOf(span, 0)).toEqual([]);
    expect(slicesOf({ since: span.since, until: span.since }, 5)).toHaveLength(1);
  });
});
