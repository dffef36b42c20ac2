import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * What stands in the folder that a word leads to, written as the word goes on: `pol` is offered `policies/`. Hidden files
 * are offered to a word that begins one. Nothing where there is no such folder.
 */
export function filesFor(word: string, cwd: string): string[] {
  const at = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, at);
  const begun = word.slice(at);
  try {
    return readdirSync(resolve(cwd, folder), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  } catch {
    // Completion that complains is worse than none.
    return [];
  }
}
