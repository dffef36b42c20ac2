import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FileFault } from '../fault.ts';

export type SourceKind = 'policy' | 'fixture';

/** A file that was read. `name` is how people called it: beside the directory or file that they gave. */
export type SourceFile = { name: string; path: string; kind: SourceKind; text: string };

/** Many times the 256 KiB that the service takes at once. */
const MAX_BYTES = 1_048_576;
const SOURCE = /\.(ya?ml|json)$/i;
const FIXTURE = /\.simulate\.(ya?ml|json)$/i;

/** Whether a name is that of a fixture rather than of a policy. */
export function kindOf(name: string): SourceKind {
  return FIXTURE.test(name) ? 'fixture' : 'policy';
}

/**
 * Reads the files given and, below the directories given, every `.yaml`, `.yml` and `.json` file, by name; hidden ones
 * (a leading dot) are passed over. Inside a directory links to files are read where they stay within it, as those of a
 * mounted ConfigMap do, and links to directories are not followed. What cannot be read comes back as faults.
 */
export async function readSourceFiles(
  given: readonly string[],
  cwd: string,
): Promise<{ files: SourceFile[]; faults: FileFault[]; hasDirectory: boolean }> {
  const files = new Map<string, SourceFile>();
  const faults: FileFault[] = [];
  let hasDirectory = false;
  const take = async (name: string, path: string) => {
    const outcome = await readSource(path).catch((error: unknown) => reasonOf(error));
    if (typeof outcome === 'string') faults.push(aboutFile(name, outcome));
    else if (!files.has(outcome.real))
      files.set(outcome.real, { name, path, kind: kindOf(name), text: outcome.text });
  };
  for (const name of given) {
    const path = resolve(cwd, name);
    const found = await stat(path).catch((error: unknown) => reasonOf(error));
    if (typeof found === 'string') faults.push(aboutFile(name, found));
    else if (!found.isDirectory()) await take(name, path);
    else {
      hasDirectory = true;
      const below = await filesBelow(path, '', faults, name);
      if (below.length === 0) faults.push(aboutFile(name, 'holds no .yaml, .yml or .json file'));
      for (const each of below) await take(join(name, each), join(path, each));
    }
  }
  return { files: [...files.values()], faults, hasDirectory };
}

async function readSource(path: string): Promise<{ real: string; text: string } | string> {
  const found = await stat(path);
  if (!found.isFile()) return 'is not a file';
  if (found.size > MAX_BYTES) return `is larger than ${MAX_BYTES} bytes: no policy needs that much`;
  const bytes = await readFile(path);
  try {
    return { real: await realpath(path), text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return 'is not text in UTF-8';
  }
}

/** Names relative to `root`, sorted, so that every run says the same. */
async function filesBelow(
  root: string,
  within: string,
  faults: FileFault[],
  shown: string,
): Promise<string[]> {
  const entries = await readdir(join(root, within), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const name = join(within, entry.name);
    if (entry.isDirectory()) names.push(...(await filesBelow(root, name, faults, shown)));
    else if (SOURCE.test(entry.name)) {
      if (entry.isFile()) names.push(name);
      else if (entry.isSymbolicLink()) {
        const outcome = await linkedFile(root, name).catch((error: unknown) => reasonOf(error));
        if (outcome === 'file') names.push(name);
        else if (outcome !== 'directory') faults.push(aboutFile(join(shown, name), outcome));
      }
    }
  }
  return names;
}

async function linkedFile(root: string, name: string): Promise<string> {
  const [target, top] = await Promise.all([realpath(join(root, name)), realpath(root)]);
  const way = relative(top, target);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    return 'is a link that leads out of the directory';
  return (await stat(target)).isDirectory() ? 'directory' : 'file';
}

function aboutFile(file: string, message: string): FileFault {
  return { file, line: 1, column: 1, path: '', message };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
}
