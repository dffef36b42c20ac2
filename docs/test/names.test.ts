import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from '@awe/contract/errors';
import { BASE_PATH } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';
import { EVENT_TYPES } from '@awe/engine/event';
import { KNOWN_KEYS, SETTINGS, variableOf } from '@awe/server/config/setting-tree';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { namesIn, readPages } from './reading/page.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = readPages();

/** Each word in code style outside blocks, with its place. */
const named = pages.flatMap((page) =>
  namesIn(page).map(({ line, name }) => ({ page: page.path, place: `${page.path}:${line}`, name })),
);
/** Everything that documents say, blocks too, by line. */
const said = pages.flatMap((page) =>
  page.text.split('\n').map((text, index) => ({ place: `${page.path}:${index + 1}`, text })),
);

/** Whatever `pattern` (with the flag g and one group) finds and `known` does not know. */
function strangers(
  where: { place: string; text: string }[],
  pattern: RegExp,
  known: (name: string) => boolean,
) {
  return where.flatMap(({ place, text }) =>
    [...text.matchAll(pattern)]
      .map(([whole, name = whole]) => name)
      .filter((name) => !known(name))
      .map((name) => `${place} ${name}`),
  );
}

const inCode = named.map(({ place, name }) => ({ place, text: name }));

describe('what a document names in code style', () => {
  it('settings that exist', () => {
    const sections = KNOWN_KEYS.filter((key) => KNOWN_KEYS.some((other) => other.startsWith(`${key}.`)));
    const setting = new RegExp(`^((?:${sections.join('|')})\\.[a-z_]+)(?:: .*)?$`, 'g');
    // A chart has values of its own, some of them in sections with the same names.
    const ours = inCode.filter(({ place }) => !place.startsWith('deploy/helm/'));
    expect(strangers(ours, setting, (name) => KNOWN_KEYS.includes(name) || FOREIGN.has(name))).toEqual([]);
  });

  it('variables of the environment that are read', () => {
    const variables = new Set(
      SETTINGS.flatMap(({ key, node }) => {
        const variable = variableOf(key);
        return node.secret ? [variable, `${variable}_FILE`] : [variable];
      }),
    );
    expect(strangers(said, /\b(AWE__[A-Z_]+[A-Z])\b/g, (name) => variables.has(name))).toEqual([]);
    const sources = globSync(SOURCES, { cwd: ROOT }).map(read).join('\n');
    const exists = (name: string) => new RegExp(`\\b${name}\\b`).test(sources);
    expect(strangers(inCode, /^((?:AWE|DATABASE|CONFIG|LOG|KEYCLOAK)_[A-Z]+)(?:=.*)?$/g, exists)).toEqual([]);
  });

  it('metrics that are served', () => {
    const declared =
      read('packages/server/src/metrics/metrics.ts') + globSync(METRICS, { cwd: ROOT }).map(read).join('');
    const metrics = new Set([...declared.matchAll(/'(awe_[a-z_]+)'/g)].map(([, name]) => name));
    expect(metrics.size).toBeGreaterThan(20);
    const known = (name: string) => metrics.has(name) || ROLES.has(name) || /_(process|nodejs)_$/.test(name);
    expect(strangers(inCode, /^(awe_[a-z_]+)/g, known)).toEqual([]);
  });

  it('error codes of the catalogue, and events of the timeline', () => {
    expect(strangers(said, /\b(AWE-\d{3})\b/g, (name) => name in ERROR_CATALOGUE)).toEqual([]);
    const event = /^((?:request|stage|task)_[a-z_]+ed)$/g;
    expect(strangers(inCode, event, (name) => (EVENT_TYPES as readonly string[]).includes(name))).toEqual([]);
  });

  it('npm scripts that can be run', () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(strangers(said, /\bnpm run ([a-z][a-z:-]*)/g, (name) => name in scripts)).toEqual([]);
  });

  it('calls that are answered', () => {
    const ours = inCode.filter(({ place }) => !place.startsWith('docs/keycloak.md'));
    expect(strangers(ours, /^((?:GET|POST|PUT|PATCH|DELETE) \/\S*)/g, isServed)).toEqual([]);
  });

  it('files that are there', () => {
    const path = /^((?:packages|docs|deploy|examples|faults|bench)\/[\w./-]+)$/g;
    expect(strangers(inCode, path, isThere)).toEqual([]);
  });
});

/** In the repository, or made by its reader from an example that is. */
function isThere(path: string): boolean {
  return existsSync(join(ROOT, path)) || existsSync(join(ROOT, `${path}.example`));
}

const SOURCES = ['packages/*/{src,test}/**/*.ts', '{faults,bench}/**/*.ts', '.ci/*'];
const METRICS = 'packages/server/src/metrics/*-metrics.ts';
/** Written like a setting or a metric, and neither: an attribute of spans, a role and a name of databases. */
const FOREIGN = new Set(['server.address']);
const ROLES = new Set(['awe_app', 'awe_bench_']);
/** Answered beside the operations. */
const OTHERS = ['/metrics', '/', `${BASE_PATH}/openapi.json`, `${BASE_PATH}/docs`, `${BASE_PATH}/redoc`];

/** Whether a method and a path, with or without the base path, are an operation; `{…}` in it stands for any step. */
function isServed(call: string): boolean {
  const [method = '', address = ''] = call.split(' ');
  const path = address.split('?')[0] ?? '';
  if (OTHERS.includes(path)) return true;
  const steps = (path.startsWith(BASE_PATH) ? path : `${BASE_PATH}${path}`).split('/');
  return OPERATION_LIST.some(([, operation]) => {
    const wanted = operation.path.split('/');
    const fits = wanted.every((step, at) => step === steps[at] || step.startsWith('{'));
    return operation.method === method.toLowerCase() && wanted.length === steps.length && fits;
  });
}
