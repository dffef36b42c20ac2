import { globSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest, Packed } from './packages.ts';
import { plainJavaScript } from './plain-javascript.ts';

/**
 * Writes the package as it is installed by others to `to`: its folders with JavaScript in place of TypeScript at the
 * same places, and a manifest that says so.
 */
export async function stage(packed: Packed, from: string, to: string): Promise<void> {
  for (const folder of packed.folders) {
    for (const path of globSync(`${folder}/**`, { cwd: from, withFileTypes: true })) {
      if (!path.isFile()) continue;
      await stageFile(join(path.parentPath, path.name), from, to);
    }
  }
  const manifest: Manifest = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  await writeFile(join(to, 'package.json'), `${JSON.stringify(published(manifest, packed), null, 2)}\n`);
  await cp(join(from, 'README.md'), join(to, 'README.md'), { force: true }).catch(ignoreMissing);
}

async function stageFile(file: string, from: string, to: string): Promise<void> {
  const target = join(to, file.slice(from.length));
  await mkdir(dirname(target), { recursive: true });
  if (!/\.ts$/.test(file) || /\.d\.ts$/.test(file)) return cp(file, target);
  await writeFile(target.replace(/\.ts$/, '.js'), plainJavaScript(await readFile(file, 'utf8'), file));
}

function published({ private: _, devDependencies: __, scripts: ___, ...manifest }: Manifest, packed: Packed) {
  return {
    ...(JSON.parse(JSON.stringify(manifest).replaceAll('.ts"', '.js"')) as Manifest),
    engines: { node: '>=22.19' },
    files: [...packed.folders],
    dependencies: packed.dependencies(manifest.dependencies ?? {}),
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
