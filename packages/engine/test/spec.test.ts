import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const HERE = new URL('./', import.meta.url);
const SPEC = readFileSync(new URL('../SPEC.md', HERE), 'utf8');
const RULES = SPEC.split(/^- \*\*E/m)
  .slice(1)
  .map((text) => ({
    number: Number.parseInt(text, 10),
    tests: [...text.matchAll(/^ {2}- `(\S+)`: (.+)$/gm)].map(([, file = '', title = '']) => ({
      file,
      title,
    })),
  }));

function source(file: string): string {
  return readFileSync(new URL(file, HERE), 'utf8');
}

describe('SPEC.md', () => {
  test('numbers its rules from E1 without a gap', () => {
    expect(RULES.length).toBeGreaterThan(50);
    expect(RULES.map((rule) => rule.number)).toEqual(RULES.map((_, i) => i + 1));
  });

  test('names for each rule tests that exist', () => {
    const missing = RULES.flatMap(({ number, tests }) => [
      ...(tests.length === 0 ? [`E${number} names no test`] : []),
      ...tests
        .filter(({ file, title }) => !titles(source(file)).has(title))
        .map(({ file, title }) => `E${number}: ${file} has no "${title}"`),
    ]);
    expect(missing).toEqual([]);
  });

  test('knows every number that an invariant check names', () => {
    const named = readdirSync(HERE)
      .filter((file) => file.endsWith('.ts') && file !== 'spec.test.ts')
      .flatMap((file) => [...source(file).matchAll(/['"`]E(\d+)\b/g)].map(([, number]) => Number(number)));
    const checked = [...new Set(named)].sort((a, b) => a - b);
    expect(checked).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  });
});

/** The titles of tests and suites, as they are written: with their placeholders, in whatever quotes. */
function titles(code: string): Set<string> {
  const called = code.matchAll(/(?:describe|test|\))\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g);
  return new Set([...called].map(([, single, double]) => single ?? double ?? ''));
}
