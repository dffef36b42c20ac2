import { readFile, writeFile } from 'node:fs/promises';
import { killChildren } from './children.ts';
import { startCluster } from './cluster.ts';
import { findPgbench } from './floor.ts';
import { type Baseline, recorded, regressions } from './guard.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { describeMachine } from './machine.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { report } from './report.ts';
import type { Row, Run } from './result.ts';
import { create } from './scenarios/create.ts';
import { decide } from './scenarios/decide.ts';
import { deliveries } from './scenarios/deliveries.ts';
import { flow } from './scenarios/flow.ts';
import { importRequests } from './scenarios/import.ts';
import { inbox } from './scenarios/inbox.ts';
import { replicas } from './scenarios/replicas.ts';
import { search } from './scenarios/search.ts';
import { thousandApprovers } from './scenarios/thousand-approvers.ts';
import { webhookLatency } from './scenarios/webhook-latency.ts';
import type { Setting } from './setting.ts';

/** In the order in which they run: those with large tables last, because they fill the caches with them. */
const SCENARIOS: Record<string, (setting: Setting) => Promise<Row[]>> = {
  a: flow,
  b: decide,
  c: create,
  f: webhookLatency,
  g: deliveries,
  h: replicas,
  i: thousandApprovers,
  j: importRequests,
  d: inbox,
  e: search,
};

const BASELINE = new URL('baseline.json', import.meta.url);

/** Resolves to the exit code. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), Object.keys(SCENARIOS).sort());
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const run = await measure(options);
  process.stdout.write(report(run));
  await writeFile(options.json, `${JSON.stringify(run, null, 2)}\n`);
  const baseline = await readBaseline();
  if (options.record) await writeFile(BASELINE, `${JSON.stringify(recorded(run, baseline), null, 2)}\n`);
  const failed = run.failures.length > 0 ? 1 : 0;
  if (!options.check) return failed;
  const worse = regressions(run, baseline);
  process.stdout.write(worse.length === 0 ? 'no ratio is far below its record\n' : `${worse.join('\n')}\n`);
  return worse.length === 0 ? failed : 1;
}

async function measure({ quick, only, seconds, callers }: Options): Promise<Run> {
  const startedAt = new Date().toISOString();
  const cluster = await startCluster(process.env);
  const stop = () => {
    killChildren();
    void cluster.stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const atEnd: Setting['atEnd'] = [() => cluster.stop()];
  try {
    const identity = await startIdentityProvider();
    atEnd.push(async () => identity.close());
    const pgbench = await findPgbench();
    const rounds = quick ? 1 : 2;
    const setting: Setting = { cluster, identity, pgbench, callers, seconds, rounds, quick, atEnd };
    const rows: Row[] = [];
    const failures: Run['failures'] = [];
    for (const [letter, play] of Object.entries(SCENARIOS)) {
      if (only !== null && !only.includes(letter)) continue;
      const began = performance.now();
      try {
        rows.push(...(await play(setting)));
      } catch (error) {
        complain(error);
        failures.push({ scenario: letter, message: error instanceof Error ? error.message : String(error) });
      }
      process.stderr.write(`${letter}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    }
    rows.sort((a, b) => a.scenario.localeCompare(b.scenario));
    const machine = describeMachine(cluster.description, pgbench);
    return { startedAt, seconds, mode: quick ? 'quick' : 'full', callers, machine, rows, failures };
  } finally {
    for (const close of atEnd.splice(0).reverse()) await close().catch(complain);
  }
}

function complain(error: unknown): void {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

async function readBaseline(): Promise<Baseline> {
  const text = await readFile(BASELINE, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
