import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../../..');

/** A source file of ours: its path from the root, its text, and what it imports, relative paths resolved from the root. */
export type SourceFile = { path: string; text: string; imports: string[] };

const IMPORT = /(?:from|import)\s+'([^']+)'/g;

export function sourceFiles(...patterns: string[]): SourceFile[] {
  return globSync(patterns, { cwd: ROOT }).map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const imports = [...text.matchAll(IMPORT)].map(([, specifier = '']) =>
      specifier.startsWith('.') ? relative(ROOT, join(ROOT, path, '..', specifier)) : specifier,
    );
    return { path, text, imports };
  });
}
