import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { alertsOf, chartFaults } from './chart-rules.ts';
import { type Manifest, manifestFaults, manifestsIn, unknownFields } from './manifests.ts';
import { ROOT } from './root.ts';

/** Where the chart is, in the repository. */
export const CHART = join(ROOT, 'deploy/helm/awe');
/** The values that its examples give, by the name of their file. */
export const exampleFile = (name: string) => join(CHART, 'examples', `${name}.yaml`);

const MINIMAL = ['-f', exampleFile('minimal')];
const EVERYTHING = ['-f', exampleFile('everything')];
/** Each is rendered: both examples, then the least with one thing else. */
const VARIANTS: readonly (readonly string[])[] = [
  MINIMAL,
  EVERYTHING,
  ...[
    'autoscaling.enabled=true',
    'ingress.enabled=true,ingress.hosts[0].host=awe.example.org,ingress.hosts[0].tlsSecretName=awe-tls',
    'networkPolicy.enabled=false',
    'podDisruptionBudget.enabled=false',
    'prometheusRule.enabled=true',
    'serviceMonitor.enabled=true',
    'serviceAccount.create=false',
    'fullnameOverride=approvals',
    'image.tag=0.2.0',
    'logLevel=debug',
  ].map((set) => [...MINIMAL, '--set', set]),
];
/** Values that must not be accepted, and what Helm then says. */
const REFUSED: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /'\/secrets\/database\/name': minLength/],
  [[...MINIMAL, '--set', 'replicas=3'], /additional properties 'replicas' not allowed/],
  [[...MINIMAL, '--set', 'config.keycloak.issuer='], /'\/config\/keycloak\/issuer'/],
  [[...MINIMAL, '--set', 'config.secrets.encryption_keys=x'], /invalid propertyName 'secrets'/],
];

/**
 * Lints the chart and renders it in every variant; how many manifests were found good.
 * @throws AssertionError, or Helm's own words
 */
export async function checkChart(helm: string): Promise<number> {
  const run = (...args: string[]) => promisify(execFile)(helm, args, { cwd: CHART });
  for (const values of [MINIMAL, EVERYTHING]) await run('lint', '--strict', '.', ...values);
  const render = async (values: readonly string[]) =>
    manifestsIn((await run('template', 'awe', '.', '--namespace', 'awe', ...values)).stdout);
  const all: Manifest[] = [];
  for (const values of VARIANTS) {
    const manifests = await render(values);
    const faults = [...manifests.flatMap(manifestFaults), ...chartFaults(manifests)];
    assert.deepEqual(faults, [], values.join(' '));
    all.push(...manifests);
  }
  assert.deepEqual(await unknownFields(all, '.tsbuild/manifests'), []);
  const alerts = parse(readFileSync(join(ROOT, 'deploy/prometheus/alerts.yaml'), 'utf8'));
  assert.deepEqual(alertsOf(await render(EVERYTHING)), alerts);
  for (const [values, said] of REFUSED) await assert.rejects(render(values), said);
  return all.length;
}
