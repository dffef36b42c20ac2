import { readFileSync } from 'node:fs';
import { cp, mkdir, rename, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { ROOT } from './root.ts';

/** Whether a build sees the file or folder at this path of the repository, by a .dockerignore: ours unless given. */
export function buildContext(
  text = readFileSync(join(ROOT, '.dockerignore'), 'utf8'),
): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ pattern: patternOf(line.replace(/^!?\/?/, '')), isVisible: line.startsWith('!') }));
  // The last rule that names the path, or a folder above it, decides.
  return (path) =>
    rules.findLast(({ pattern }) => [path, ...parents(path)].some((part) => pattern.test(part)))?.isVisible ??
    true;
}

export type CopyPlaces = {
  from: string;
  to: string;
  isVisible?: (path: string) => boolean;
  mayMove?: boolean;
};

/**
 * Copies what a COPY instruction names from `from` to `to`, as a build does: a folder's content, a file into a target that
 * ends in `/` or is a folder. `isVisible` says of a path below `from` whether it is there at all. With `mayMove` a folder is
 * moved where nothing is yet, which is quicker than copying it.
 * @throws Error when there is nothing of that name
 */
export async function copyInto(
  { from, to, isVisible = () => true, mayMove = false }: CopyPlaces,
  sources: readonly string[],
  target: string,
): Promise<void> {
  for (const source of sources) {
    const path = join(from, source);
    const found = await stat(path).catch(() => null);
    if (found === null || !isVisible(source)) throw new Error(`COPY ${source}: the build does not see it`);
    const intoFolder = !found.isDirectory() && (target.endsWith('/') || sources.length > 1);
    const destination = join(to, target, intoFolder ? basename(source) : '');
    await mkdir(join(destination, '..'), { recursive: true });
    if (mayMove && (await movedFolder(path, destination))) continue;
    await cp(path, destination, {
      recursive: true,
      verbatimSymlinks: true,
      // A folder that is hidden may hold what is not.
      filter: async (below) => isVisible(relative(from, below)) || (await stat(below)).isDirectory(),
    });
  }
}

async function movedFolder(path: string, destination: string): Promise<boolean> {
  if (!(await stat(path)).isDirectory()) return false;
  return rename(path, destination).then(
    () => true,
    () => false,
  );
}

/** As Docker means it: `*` is anything within a name, a dot at its beginning included, and `**` any number of folders. */
function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (found) => ({ '**/': '(.*/)?', '**': '.*', '*': '[^/]*' })[found] ?? '[^/]');
  return new RegExp(`^${source}$`);
}

function parents(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
