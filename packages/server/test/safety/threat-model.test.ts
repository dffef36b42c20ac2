import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const MODEL = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
const NAMED = [...MODEL.matchAll(/`(\S+\.test\.ts) › ([^`]+)`/g)].map(([, file = '', title = '']) => ({
  file: join(ROOT, 'packages', file),
  title,
}));

describe('SECURITY.md', () => {
  it('names tests that exist', () => {
    expect(NAMED.length).toBeGreaterThan(40);
    const missing = NAMED.filter(({ file, title }) => !existsSync(file) || !titles(file).has(title));
    expect(missing).toEqual([]);
  });

  it('names one for every attack', () => {
    const attacks = MODEL.split('## Attacks, and what stops them')[1]?.split('## Out of scope')[0] ?? '';
    const rows = attacks.split('\n').filter((line) => /^\| (?!attack |---)/.test(line));
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => !/`\S+\.test\.ts › [^`]+` \|$/.test(row))).toEqual([]);
  });
});

/** The titles of tests and suites, as they are written: with their placeholders, in whatever quotes. */
function titles(file: string): Set<string> {
  const called = readFileSync(file, 'utf8').matchAll(
    /(?:describe|test|it|\))\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g,
  );
  return new Set([...called].map(([, single, double]) => single ?? double ?? ''));
}
