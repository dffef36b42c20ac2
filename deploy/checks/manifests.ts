import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { parseAllDocuments } from 'yaml';
import { ROOT } from './root.ts';

export type Manifest = { apiVersion: string; kind: string; metadata: { name: string } };

type Model = new (data: never) => { validate(): void };

/** What the chart may contain; null for kinds that Kubernetes itself does not have. */
const KINDS: Readonly<Record<string, Model | null>> = {
  'v1 ConfigMap': ConfigMap,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'networking.k8s.io/v1 Ingress': Ingress,
  'monitoring.coreos.com/v1 ServiceMonitor': null,
  'monitoring.coreos.com/v1 PrometheusRule': null,
};

/** The manifests in a text of several YAML documents. */
export function manifestsIn(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).flatMap((document) => document.toJS() ?? []);
}

/** What is wrong with a manifest by Kubernetes' own schema, which lets unknown fields pass; none is wrong in nothing. */
export function manifestFaults(manifest: Manifest): string[] {
  const Kind = KINDS[`${manifest.apiVersion} ${manifest.kind}`];
  if (Kind === null) return [];
  if (Kind === undefined)
    return [`${manifest.kind} ${manifest.metadata.name}: ${manifest.apiVersion} is not expected`];
  try {
    new Kind(manifest as never).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${error instanceof Error ? error.message : error}`];
  }
}

/**
 * What of these manifests Kubernetes does not know, misspelt fields above all: each is written down as a value of its
 * type, and the compiler is asked. `folder` is inside the repository, where types are found, and goes afterwards.
 */
export async function unknownFields(manifests: readonly Manifest[], folder: string): Promise<string[]> {
  const typed = manifests.flatMap((manifest, index) => {
    if (!KINDS[`${manifest.apiVersion} ${manifest.kind}`]) return [];
    const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`;
    return `export const ${manifest.kind}${index}: ${type} = ${JSON.stringify(manifest, null, 1)};`;
  });
  const place = join(ROOT, folder);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2024',
    types: [],
  };
  await mkdir(place, { recursive: true });
  try {
    await writeFile(join(place, 'manifests.ts'), typed.join('\n'));
    await writeFile(
      join(place, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['manifests.ts'] }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const ask = [tsc, '-p', place, '--pretty', 'false'];
    return await promisify(execFile)(process.execPath, ask).then(
      () => [],
      ({ stdout }: { stdout: string }) => stdout.trim().split('\n'),
    );
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
