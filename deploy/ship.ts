import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { billOfMaterials, SERVICE } from './checks/bill-of-materials.ts';
import { checkChart } from './checks/chart.ts';
import { layOut } from './checks/image.ts';
import { runImage } from './checks/image-run.ts';
import { type Lock, packageAt } from './checks/production-packages.ts';
import { ROOT } from './checks/root.ts';
import { hadolint, helm, type Tool } from './checks/tools.ts';

/**
 * Checks what is shipped with the real tools, where they can be had: hadolint and Helm; then does what the Dockerfile says in
 * a clean folder and runs the image's start command there. With `--portal` the portal is built as in the image, otherwise
 * the one of this checkout is taken, if there is one.
 */
const say = (line: string) => console.log(`ship: ${line}`);

async function withTool(tool: Tool, check: (path: string) => Promise<string>): Promise<void> {
  say('path' in tool ? await check(tool.path) : `LEFT OUT: ${tool.leftOut}`);
}

async function checkImage(buildsPortal: boolean): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'awe-image-'));
  await chmod(scratch, 0o755);
  const commit = randomBytes(20).toString('hex');
  const portal = 'packages/portal/dist';
  const isBuilt = existsSync(join(ROOT, portal, 'index.html'));
  const build = async (app: string) => {
    await cp(join(ROOT, portal), join(app, portal), { recursive: true });
    await writeFile(join(app, 'sbom.cdx.json'), JSON.stringify(await billOfMaterials()));
  };
  try {
    const image = await layOut({
      scratch,
      buildArgs: { AWE_GIT_COMMIT: commit },
      instead: buildsPortal || !isBuilt ? {} : { build },
    });
    const installed: Lock = JSON.parse(
      await readFile(join(image.app, 'node_modules/.package-lock.json'), 'utf8'),
    );
    const places = Object.keys(installed.packages).filter((place) => !installed.packages[place]?.link);
    const { components } = JSON.parse(await readFile(join(image.app, 'sbom.cdx.json'), 'utf8'));
    assert.deepEqual(
      components.map((component: { 'bom-ref': string }) => component['bom-ref']).sort(),
      [...new Set(places.map((place) => packageAt(installed, place)))].sort(),
      `the bill of materials is not what npm ci installs for ${SERVICE}`,
    );
    await runImage(image, commit);
    return `image: starts from ${places.length} packages where it can write nothing, is healthy, serves the portal, stops`;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

await withTool(await hadolint(), async (path) => {
  await promisify(execFile)(path, ['--failure-threshold=style', join(ROOT, 'deploy/Dockerfile')]).catch(
    ({ stdout }: { stdout: string }) => assert.fail(stdout),
  );
  return 'hadolint: deploy/Dockerfile is in order';
});
await withTool(
  await helm(),
  async (path) => `helm: ${await checkChart(path)} manifests of deploy/helm/awe are in order`,
);
say(await checkImage(process.argv.includes('--portal')));
