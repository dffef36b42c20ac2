import { readConfig } from '@awe/server/config/config';
import type { Manifest } from './manifests.ts';

/** As much of a rendered chart as its rules look at. */
type Pod = {
  automountServiceAccountToken?: boolean;
  terminationGracePeriodSeconds: number;
  securityContext: Record<string, unknown>;
  volumes: {
    name: string;
    configMap?: { name: string };
    projected?: { sources: { secret: { items: { path: string }[] } }[] };
  }[];
  containers: {
    securityContext: Record<string, unknown>;
    env: { name: string; value?: string }[];
    ports: { name: string; containerPort: number }[];
    lifecycle: { preStop: { sleep: { seconds: number } } };
    livenessProbe: Probe;
    readinessProbe: Probe;
    startupProbe: Probe;
    volumeMounts: { name: string; mountPath: string }[];
  }[];
};
type Probe = { httpGet: { path: string; port: string } };
type Labels = Record<string, string>;
type Deployment = Manifest & { spec: { template: { metadata: { labels: Labels }; spec: Pod } } };

/** The pod's standard "restricted" and more. */
const POD_SECURITY = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
/** A stop takes up to this; seconds. */
const STOP = 30;
/** What every mounted secret is taken to hold here: good for each of them. */
const SECRET = Buffer.alloc(32, 7).toString('base64');
const DATABASE = 'postgres://awe@postgres.example.org:5432/awe';

/** What in a rendered chart does not fit together, or goes against our rules: a sentence each. */
export function chartFaults(manifests: readonly Manifest[]): string[] {
  const faults: string[] = [];
  const mustBe = (isSo: boolean, otherwise: string) => {
    if (!isSo) faults.push(otherwise);
  };
  const of = <Kind extends Manifest>(kind: string) => manifests.filter((one) => one.kind === kind) as Kind[];
  const [deployment] = of<Deployment>('Deployment');
  const pod = deployment?.spec.template.spec;
  const [container] = pod?.containers ?? [];
  if (!deployment || !pod || !container) return ['there is no Deployment with a container'];

  mustBe(holds(pod.securityContext, POD_SECURITY), 'the pod is not restricted');
  mustBe(holds(container.securityContext, CONTAINER_SECURITY), 'the container is not restricted');
  mustBe(pod.automountServiceAccountToken === false, 'the pod gets a token of Kubernetes');
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const probes = [livenessProbe, startupProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
  const expected = ['/v1/awe/version', '/v1/awe/version', '/v1/awe/health'];
  mustBe(probes.join() === expected.join(), `the probes ask ${probes.join(', ')}`);
  mustBe(
    pod.terminationGracePeriodSeconds > lifecycle.preStop.sleep.seconds + STOP,
    'a stop is cut off: terminationGracePeriodSeconds must be more than preStopSeconds and 30 s',
  );

  const { labels } = deployment.spec.template.metadata;
  for (const [kind, selector] of selectors(manifests)) {
    mustBe(holds(labels, selector), `the ${kind} does not select the pods`);
  }
  const [scaler] = of<Manifest & { spec: { scaleTargetRef: { name: string } } }>('HorizontalPodAutoscaler');
  if (scaler) {
    mustBe(
      scaler.spec.scaleTargetRef.name === deployment.metadata.name,
      'the autoscaler scales something else',
    );
    mustBe(!('replicas' in deployment.spec), 'the Deployment’s replicas work against the autoscaler');
  }
  const [ingress] = of<Manifest & { spec: object }>('Ingress');
  if (ingress) {
    const service = of('Service')[0]?.metadata.name;
    mustBe(JSON.stringify(ingress).includes(`"service":{"name":"${service}"`), 'the Ingress leads elsewhere');
  }
  const mounted = new Set(container.volumeMounts.map(({ name }) => name));
  for (const { name } of pod.volumes) mustBe(mounted.has(name), `the volume ${name} is not mounted`);
  return [...faults, ...configFaults(manifests, pod)];
}

/** What the service itself would say of the environment, the file and the secrets that the pod is given. */
function configFaults(manifests: readonly Manifest[], pod: Pod): string[] {
  const [container] = pod.containers;
  const files = new Map<string, string>();
  for (const { name, mountPath } of container?.volumeMounts ?? []) {
    const volume = pod.volumes.find((one) => one.name === name);
    const map = manifests.find(
      (one) => one.kind === 'ConfigMap' && one.metadata.name === volume?.configMap?.name,
    );
    const { data = {} } = (map ?? {}) as { data?: Record<string, string> };
    for (const [file, text] of Object.entries(data)) files.set(`${mountPath}/${file}`, text);
    for (const { secret } of volume?.projected?.sources ?? []) {
      for (const { path } of secret.items) {
        files.set(`${mountPath}/${path}`, path === 'database' ? DATABASE : SECRET);
      }
    }
  }
  const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
  const readFile = (path: string) => {
    const text = files.get(path);
    if (text === undefined) throw Object.assign(new Error(`${path} is not mounted`), { code: 'ENOENT' });
    return text;
  };
  try {
    const { config } = readConfig({ env, cwd: '/', readFile });
    const given = [config.databaseUrl === DATABASE, config.secrets.encryption_keys.length > 0];
    return given.every(Boolean) ? [] : ['the service does not get its database and its keys'];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function* selectors(manifests: readonly Manifest[]): Iterable<[string, Labels]> {
  for (const { kind, ...manifest } of manifests as (Manifest & {
    spec: { selector: Labels & { matchLabels: Labels }; podSelector: { matchLabels: Labels } };
  })[]) {
    if (kind === 'Service') yield [kind, manifest.spec.selector];
    if (['Deployment', 'PodDisruptionBudget', 'ServiceMonitor'].includes(kind)) {
      yield [kind, manifest.spec.selector.matchLabels];
    }
    if (kind === 'NetworkPolicy') yield [kind, manifest.spec.podSelector.matchLabels];
  }
}

/** The alerts of a chart with a PrometheusRule, as they are in deploy/prometheus/alerts.yaml, are its `spec`. */
export function alertsOf(manifests: readonly Manifest[]): unknown {
  return (manifests.find(({ kind }) => kind === 'PrometheusRule') as { spec?: unknown } | undefined)?.spec;
}

/** Whether `whole` has all of `part`. */
function holds(whole: Record<string, unknown>, part: Record<string, unknown>): boolean {
  return Object.entries(part).every(([key, value]) => JSON.stringify(whole[key]) === JSON.stringify(value));
}
