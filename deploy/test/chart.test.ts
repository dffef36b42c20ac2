import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, variableOf } from '@awe/server/config/setting-tree';
import { Settings } from '@awe/server/config/settings';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHART, exampleFile } from '../checks/chart.ts';
import { chartFaults } from '../checks/chart-rules.ts';
import { dockerfileStages, variables } from '../checks/dockerfile.ts';
import { type Manifest, manifestFaults } from '../checks/manifests.ts';

const read = (path: string) => readFileSync(join(CHART, path), 'utf8');
const values = parse(read('values.yaml'));
const schema = JSON.parse(read('values.schema.json'));
const chart = parse(read('Chart.yaml'));
const isValid = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);

/** Values over the chart's own, as Helm lays them. */
function over(base: unknown, top: unknown): unknown {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(base) || !isMap(top)) return top;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(top).map(([key, value]) => [key, over(base[key], value)])),
  };
}

const example = (name: string) => over(values, parse(readFileSync(exampleFile(name), 'utf8')));
const faults = (given: unknown) => {
  isValid(given);
  return isValid.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? [];
};

describe('the values of the chart', () => {
  it.each(['minimal', 'everything'])('accept the example %s', (name) => {
    expect(faults(example(name))).toEqual([]);
  });

  it('accept what the how-to writes', () => {
    const howTo = read('../../../docs/how-to/run-on-kubernetes.md');
    const blocks = [...howTo.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => parse(block));
    expect(blocks).toHaveLength(2);
    for (const block of blocks) expect(faults(over(example('minimal'), block))).toEqual([]);
  });

  it('ask for what must be given', () => {
    expect(faults(values)).toEqual([
      '/config/keycloak/issuer must match pattern "^https://.+"',
      '/secrets/database/name must NOT have fewer than 1 characters',
      '/secrets/encryptionKeys/name must NOT have fewer than 1 characters',
    ]);
  });

  it.each([
    [{ replicas: 3 }, ' must NOT have additional properties'],
    [{ service: { prot: 80 } }, '/service must NOT have additional properties'],
    [
      { secrets: { metricsToken: { nme: 'x' } } },
      '/secrets/metricsToken must NOT have additional properties',
    ],
    [{ config: { webhok: {} } }, '/config property name must be valid'],
    [{ config: { secrets: { encryption_keys: [] } } }, '/config property name must be valid'],
    [
      { config: { keycloak: { admin_client_secret: 'x' } } },
      '/config/keycloak/admin_client_secret must NOT be valid',
    ],
    [{ config: { server: { port: 80 } } }, '/config/server/port must NOT be valid'],
    [{ terminationGracePeriodSeconds: 30 }, '/terminationGracePeriodSeconds must be >= 36'],
    [{ image: { digest: 'sha256:12' } }, '/image/digest must match pattern "^(sha256:[0-9a-f]{64})?$"'],
    [{ ingress: { enabled: true } }, '/ingress/hosts must NOT have fewer than 1 items'],
  ])('refuse %j', (wrong, said) => {
    expect(faults(over(example('minimal'), wrong))).toContain(said);
  });

  it('are described by the schema one for one, and explained in the README', () => {
    expect(
      Object.keys(schema.properties)
        .filter((name) => name !== 'global')
        .sort(),
    ).toEqual(Object.keys(values).sort());
    const explained = read('README.md');
    const paths = Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'object' &&
      !Array.isArray(value) &&
      value !== null &&
      Object.keys(value).length > 0 &&
      name !== 'config'
        ? Object.keys(value).map((below) => `${name}.${below}`)
        : [name],
    );
    expect(paths.filter((path) => !explained.includes(`\`${path}\``))).toEqual([]);
  });

  it('take every section of the service’s settings but its secrets', () => {
    const sections = Object.keys(Settings.properties).filter((name) => name !== 'secrets');
    expect([...schema.properties.config.propertyNames.enum].sort()).toEqual(sections.sort());
  });
});

describe('the templates', () => {
  const templates = readdirSync(join(CHART, 'templates'))
    .map((name) => read(`templates/${name}`))
    .join('\n');

  it('set only variables that the service knows, each of them a secret', () => {
    const named = [...templates.matchAll(/"(AWE__\w+|DATABASE_URL)"/g)].map(([, name]) => name);
    const secrets = SETTINGS.filter(({ node }) => node.secret).map(({ key }) => variableOf(key));
    expect(named.sort()).toEqual([...secrets, 'DATABASE_URL'].sort());
  });

  it('use only values that there are', () => {
    const used = [...templates.matchAll(/\.Values((?:\.\w+)+)/g)].map(([, path = '']) => path.slice(1));
    const known = (path: string) =>
      path
        .split('.')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], values);
    const isFree = (path: string) => path.startsWith('config.');
    expect(used.length).toBeGreaterThan(40);
    expect(used.filter((path) => known(path) === undefined && !isFree(path))).toEqual([]);
  });

  it('run the image as its account, on its port, in its version', () => {
    const stages = dockerfileStages();
    const env = variables(stages.at(-1)?.instructions ?? []);
    const account = stages
      .at(-1)
      ?.instructions.find(({ word }) => word === 'USER')
      ?.args[0]?.split(':')[0];
    expect(templates).toContain(`runAsUser: ${account}\n`);
    expect(templates).toContain(`containerPort: ${env.AWE__SERVER__PORT}\n`);
    const { version } = JSON.parse(readFileSync(join(CHART, '../../../package.json'), 'utf8'));
    expect([chart.version, chart.appVersion]).toEqual([version, version]);
  });
});

describe('the checks of what is rendered', () => {
  it('find a wrong type, an unexpected kind, and a chart without a Deployment', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'awe' } };
    const wrong = { ...service, spec: { ports: [{ port: 'http' }] } };
    expect(manifestFaults(service)).toEqual([]);
    expect(manifestFaults(wrong)).toEqual(['Service awe: data/spec/ports/0/port must be integer']);
    const old: Manifest = { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'awe' } };
    expect(manifestFaults(old)).toEqual(['Ingress awe: extensions/v1beta1 is not expected']);
    expect(chartFaults([service])).toEqual(['there is no Deployment with a container']);
  });
});
