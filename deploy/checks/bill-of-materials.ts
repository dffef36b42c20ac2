import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Lock, productionPlaces } from './production-packages.ts';
import { ROOT } from './root.ts';

export type BillOfMaterials = {
  bomFormat: string;
  specVersion: string;
  metadata: { component: { name: string; version: string } };
  components: {
    'bom-ref': string;
    purl: string;
    hashes?: { alg: string; content: string }[];
    licenses?: object[];
  }[];
};

/** The workspace that runs in production; its place in the repository. */
export const SERVICE = 'packages/server';

/**
 * What the service is made of, by `npm sbom` (CycloneDX 1.5), from the lock file alone. npm is shown only what production
 * needs of it: of the whole it leaves out packages that are also dependencies of a development tool.
 */
export async function billOfMaterials(): Promise<BillOfMaterials> {
  const lock: Lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const places = productionPlaces(lock, SERVICE);
  const workspaces = places.filter((place) => !place.includes('node_modules/'));
  const root = { name: 'awe', version: lock.version, license: 'Apache-2.0', workspaces };
  const links = Object.entries(lock.packages).filter(
    ([, { link, resolved }]) => link && resolved !== undefined && workspaces.includes(resolved),
  );
  const packages = Object.fromEntries([
    ['', root],
    ...links,
    ...places.map((place) => [place, withoutDevelopment(lock.packages[place] ?? {})]),
  ]);
  const scratch = await mkdtemp(join(tmpdir(), 'awe-sbom-'));
  // The document calls its subject as the folder is called.
  const directory = join(scratch, root.name);
  try {
    await mkdir(directory);
    await writeFile(join(directory, 'package.json'), JSON.stringify(root));
    await writeFile(join(directory, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
    const ask = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev', '--omit=optional'];
    const { stdout } = await promisify(execFile)('npm', ask, { cwd: directory, maxBuffer: 64_000_000 });
    return JSON.parse(stdout);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function withoutDevelopment(entry: object): object {
  return Object.fromEntries(
    Object.entries(entry).filter(([key]) => key !== 'devDependencies' && key !== 'devOptional'),
  );
}
