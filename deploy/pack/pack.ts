import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLog } from '../../packages/server/src/log.ts';
import { openPortal } from '../../packages/server/src/portal/portal.ts';
import { packages } from './packages.ts';
import { stage } from './stage.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/**
 * Makes a tarball of each package, to be installed together: `npm install ./awe-*.tgz`.
 * @param into the folder they are put into; made when it is not there
 * @returns the paths of the tarballs
 * @throws Error when the portal cannot be built or npm refuses
 */
export async function packAll(into: string): Promise<string[]> {
  await mkdir(into, { recursive: true });
  const { version, devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const portal = await openPortal(createLog('pack', 'warn'), 'development').settled;
  if (portal !== 'built') throw new Error(`the portal is ${portal}, and would be missing from its package`);
  const staging = await mkdtemp(join(tmpdir(), 'awe-pack-'));
  try {
    const staged = [];
    for (const packed of packages(version, devDependencies.node)) {
      const folder = join(staging, packed.folder);
      await mkdir(folder, { recursive: true });
      await stage(packed, join(ROOT, packed.folder), folder);
      staged.push(folder);
    }
    return await npmPack([...staged, join(ROOT, 'packages/client')], into);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function npmPack(folders: readonly string[], into: string): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', into], { cwd: folder });
    // A `prepack` script says what it runs, on the same output.
    const [made] = JSON.parse(stdout.slice(stdout.indexOf('[')));
    files.push(join(into, made.filename));
  }
  return files;
}
