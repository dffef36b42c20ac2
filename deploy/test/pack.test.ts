import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packAll } from '../pack/pack.ts';
import { plainJavaScript } from '../pack/plain-javascript.ts';

const run = promisify(execFile);
const NAMES = ['engine', 'contract', 'wording', 'portal', 'server', 'cli', 'client'];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'awe-tarballs-'));
  const files = await packAll(folder);
  expect(files.map((file) => basename(file))).toEqual(NAMES.map((name) => `awe-${name}-0.1.0.tgz`));
  for (const name of NAMES) {
    await run('mkdir', [join(folder, name)]);
    await run('tar', ['xzf', `awe-${name}-0.1.0.tgz`, '-C', name, '--strip-components=1'], { cwd: folder });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const filesOf = (name: string, pattern: string) => globSync(pattern, { cwd: join(folder, name) });
const manifestOf = async (name: string) =>
  JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8'));

describe('a tarball', () => {
  it.each(NAMES)('of %s holds JavaScript that needs nothing of the repository', async (name) => {
    expect(filesOf(name, '**/*.js').length).toBeGreaterThan(0);
    expect(filesOf(name, '**/{test,generate,node_modules}/**')).toEqual([]);
    const { private: isPrivate, dependencies = {}, license } = await manifestOf(name);
    expect(isPrivate).toBeUndefined();
    expect(license).toBe('Apache-2.0');
    expect(Object.values(dependencies).filter((range) => String(range).includes(':'))).toEqual([]);
  });

  it.each(['engine', 'contract', 'wording', 'server', 'cli'])(
    'of %s has no types left that Node would refuse, and nothing is built at its user’s',
    async (name) => {
      expect(filesOf(name, '**/*.ts')).toEqual([]);
      const manifest = await manifestOf(name);
      expect(JSON.stringify(manifest)).not.toContain('.ts"');
      expect(manifest.scripts).toBeUndefined();
    },
  );

  it.each(['engine', 'contract', 'wording', 'server', 'cli', 'client'])(
    'of %s names every package that it imports',
    async (name) => {
      const { dependencies = {}, name: self } = await manifestOf(name);
      const known = new Set([...Object.keys(dependencies), self, ...builtinModules]);
      const unknown = [];
      for (const file of filesOf(name, '**/*.js')) {
        const program = await readFile(join(folder, name, file), 'utf8');
        for (const [, path = ''] of program.matchAll(/(?:\bfrom|^import)\s+['"]([\w@][\w@/.:-]*)['"]/gm)) {
          const imported = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
          if (!imported.startsWith('node:') && !known.has(imported)) unknown.push(`${file}: ${imported}`);
        }
      }
      expect(unknown).toEqual([]);
    },
  );

  it('of the service brings its portal and its migrations', async () => {
    expect(filesOf('portal', 'dist/index.html')).toEqual(['dist/index.html']);
    expect(filesOf('server', 'src/ledger/migrations/*.sql')).toEqual(
      globSync('packages/server/src/ledger/migrations/*.sql').map((file) =>
        file.replace('packages/server/', ''),
      ),
    );
    expect((await manifestOf('server')).dependencies).toMatchObject({ '@awe/portal': '0.1.0' });
  });

  it('of the command line brings the Node that it runs on', async () => {
    const { bin, dependencies } = await manifestOf('cli');
    expect(bin).toEqual({ awe: './src/awe.js' });
    expect(dependencies.node).toMatch(/^24\./);
    const program = await readFile(join(folder, 'cli/src/awe.js'), 'utf8');
    expect(program).toMatch(/^#!\/usr\/bin\/env -S node --max-semi-space-size=\d+\n/);
  });
});

describe('plain JavaScript', () => {
  it('keeps every line where it was, so that stacks name the source', () => {
    const source =
      "import { a } from './a.ts';\nexport type B = {\n  c: string;\n};\nexport const d: B = { c: a };\n";
    const program = plainJavaScript(source, 'd.ts');
    expect(program.split('\n')).toHaveLength(source.split('\n').length);
    expect(program).toContain("import { a } from './a.js';");
    expect(program.split('\n')[4]).toMatch(/^export const d {3,}= \{ c: a \};$/);
  });

  it.each([
    ["const { b } = await import('./b.ts');", "const { b } = await import('./b.js');"],
    ["export { b } from '../b.ts';", "export { b } from '../b.js';"],
    ["import './b.ts';", "import './b.js';"],
    ["new URL('./b.ts', import.meta.url);", "new URL('./b.js', import.meta.url);"],
  ])('imports the file beside it: %s', (source, program) => {
    expect(plainJavaScript(source, 'a.ts')).toBe(program);
  });

  it('refuses a path that it would miss', () => {
    expect(() => plainJavaScript("fork('./b.ts');", 'a.ts')).toThrow(
      "a.ts: './b.ts' would still be a TypeScript file in the package",
    );
  });
});
