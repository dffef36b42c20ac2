import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { buildContext } from '../checks/build-context.ts';
import { dockerfileStages, execForm, variables } from '../checks/dockerfile.ts';
import { type Lock, productionPlaces } from '../checks/production-packages.ts';
import { ROOT } from '../checks/root.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version, scripts, devDependencies } = JSON.parse(read('package.json'));
const stages = dockerfileStages();
const image = stages.at(-1) ?? { base: '', name: '', instructions: [] };
const last = (word: string) => image.instructions.findLast((instruction) => instruction.word === word);
const copied = (from: string | undefined) =>
  image.instructions.filter(({ word, flags }) => word === 'COPY' && flags.from === from);

describe('the Dockerfile', () => {
  it('is well formed', () => {
    expect(validate(read('deploy/Dockerfile'))).toEqual([]);
    expect(validate('FROM scratch\nEXPOSE nothing')).not.toEqual([]);
  });

  it('starts from the Node of package.json, pinned by its digest', () => {
    const bases = stages.map(({ base }) => base);
    const [own, ...others] = bases;
    expect(own).toMatch(new RegExp(`^node:${devDependencies.node}-bookworm-slim@sha256:[0-9a-f]{64}$`));
    expect(others.every((base) => stages.some(({ name }) => name === base))).toBe(true);
  });

  it('starts the service as npm start does, with nothing before it', () => {
    const command = last('CMD');
    expect(command && execForm(command)).toEqual(scripts.start.split(' '));
    expect(last('ENTRYPOINT')?.args).toEqual(['[]']);
  });

  it('runs as a numbered account that is not root', () => {
    expect(last('USER')?.args).toEqual(['10001:10001']);
    const [after] = image.instructions.slice(image.instructions.findIndex(({ word }) => word === 'USER') + 1);
    expect(after?.word).toBe('EXPOSE');
  });

  it('takes what npm installs from the stage without development and optional packages', () => {
    const installs = stages.filter(({ instructions }) =>
      instructions.some(({ word, text }) => word === 'RUN' && text.includes('npm ')),
    );
    const production = installs.filter(({ instructions }) =>
      instructions.some(({ text }) =>
        /^npm ci --omit=dev --omit=optional .*--workspace @awe\/server$/.test(text),
      ),
    );
    expect(production.map(({ name }) => name)).toEqual(['production']);
    const modules = image.instructions.filter(({ args }) => args.join(' ').includes('node_modules'));
    expect(modules.map(({ flags }) => flags.from)).toEqual(['production']);
    expect(copied('build').map(({ args }) => args[0])).toEqual([
      '/app/packages/portal/dist',
      '/app/sbom.cdx.json',
    ]);
  });

  it('has each workspace that the service needs, and no other', () => {
    const lock: Lock = JSON.parse(read('package-lock.json'));
    const needed = productionPlaces(lock, 'packages/server').filter(
      (place) => !place.includes('node_modules'),
    );
    const sources = copied(undefined).flatMap(
      ({ args }) => args[0]?.match(/^(packages\/\w+)\/src$/)?.[1] ?? [],
    );
    expect(sources.sort()).toEqual(needed);
    const manifests = stages.find(({ name }) => name === 'manifests')?.instructions ?? [];
    expect(manifests.flatMap(({ args }) => args[0]?.match(/^(packages\/\w+)\//)?.[1] ?? []).sort()).toEqual(
      needed,
    );
  });

  it('asks the health check’s own script, and listens where others reach it', () => {
    const check = last('HEALTHCHECK');
    expect(check && execForm(check)).toEqual(['node', 'deploy/healthcheck.ts']);
    const instructions = [...(stages[0]?.instructions ?? []), ...image.instructions];
    expect(variables(instructions, { AWE_GIT_COMMIT: 'abc' })).toEqual({
      NODE_ENV: 'production',
      AWE_GIT_COMMIT: 'abc',
      AWE_BUILD_TIME: 'unknown',
      AWE__SERVER__HOST: '0.0.0.0',
      AWE__SERVER__PORT: last('EXPOSE')?.args[0],
    });
  });

  it('is labelled with the version of package.json', () => {
    expect(last('LABEL')?.text).toContain(`org.opencontainers.image.version="${version}"`);
  });
});

describe('the build', () => {
  const isVisible = buildContext();

  it('sees what the Dockerfile copies', () => {
    const sources = stages.flatMap(({ instructions }) =>
      instructions.flatMap(({ word, flags, args }) =>
        word === 'COPY' && flags.from === undefined ? args.slice(0, -1) : [],
      ),
    );
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((source) => !isVisible(source))).toEqual([]);
  });

  it.each([
    '.git/HEAD',
    'deploy/.env',
    'deploy/keycloak/awe-realm.json',
    'docs/openapi.json',
    'node_modules/pg/package.json',
    'packages/portal/dist/index.html',
    'packages/server/node_modules/x/index.js',
    'packages/server/test/postgres.ts',
  ])('does not see %s', (path) => {
    expect(isVisible(path)).toBe(false);
  });

  it('is decided by the last rule that names a path or a folder above it', () => {
    const sees = buildContext('*\n!kept\nkept/**/*.md\n# note\n');
    expect(['other', 'kept/a.ts', 'kept/a.md', 'kept/below/a.md'].map(sees)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});
