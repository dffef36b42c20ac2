import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const IMPURE = /\b(Date\.now|new Date\(\)|Math\.random|randomUUID|process\.|setTimeout|setInterval|fetch\()/;

describe('the engine is pure', () => {
  it('has no clock, no randomness, no I/O', () => {
    const files = sourceFiles('packages/engine/src/**/*.ts');
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter(({ text }) => IMPURE.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the house style', () => {
  const files = sourceFiles('packages/*/{src,test,demo,build}/**/*.{ts,tsx}');

  it('has no drawer for everything', () => {
    const drawers = files.filter(({ path }) => /(^|\/)(utils?|common|helpers?|misc)(\/|\.ts$)/.test(path));
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });

  it('keeps files readable: none over 400 lines', () => {
    const long = files.filter(
      ({ path, text }) => !/\/generated\//.test(path) && text.split('\n').length > 400,
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('skips no test and leaves no type unchecked', () => {
    // Written apart, so that this file does not find itself.
    const escapes = new RegExp(
      [
        '\\b(it|test|describe)(\\.\\w+)*\\.(skip|only|todo|fails)\\b',
        '@ts-' + '(ignore|nocheck|expect-error)',
        'as ' + 'any\\b',
        'biome-' + 'ignore',
      ].join('|'),
    );
    const found = files.filter(({ text, path }) => escapes.test(text) && !path.endsWith('purity.test.ts'));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
