import { judge } from '../history/history-faults.ts';
import { type Ledger, readLedger } from '../history/ledger.ts';
import { createDice } from '../load/dice.ts';
import { type Load, startLoad } from '../load/load.ts';
import { setUp } from '../load/policies.ts';
import { outcomeOf } from '../load/recorded-call.ts';
import { ledgerFaults } from '../truth/ledger-faults.ts';
import { drain } from './draining.ts';
import { healthFaults, type Outage } from './health-faults.ts';
import { type HealthWatch, watchHealth } from './health-watch.ts';
import { openStand, type Stand } from './stand.ts';
import { type Fault, STRIKES } from './strikes.ts';
import { type Deadline, deadlineIn } from './until.ts';

export type RoundResult = {
  fault: Fault;
  seed: number;
  calls: number;
  acknowledged: number;
  unknown: number;
  deliveries: number;
  duplicates: number;
  lost: number;
  seconds: number;
  faults: string[];
  /** What is kept when there are faults: file names and their content. */
  evidence: Record<string, string>;
};

export type RoundOptions = { fault: Fault; seed: number; clients?: number; limitSeconds?: number };

/** A round takes 10 to 20 s on a quiet machine; nothing here depends on how busy it is, but something that hangs has to end. */
const LIMIT_SECONDS = 300;
/** Answers before the fault: from few, while everything is new, to some hundred, when requests are in every state. */
const STRIKE_AFTER = { least: 30, most: 250 };
/** Changes that are acknowledged after it: the service is not just up. */
const CHANGES_AFTER = 25;

/** Clients at work, one fault at a moment the seed picks, recovery, and then the reckoning. Never rejects. */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const { fault, seed } = options;
  const began = performance.now();
  const deadline = deadlineIn(options.limitSeconds ?? LIMIT_SECONDS);
  const counted = { calls: 0, acknowledged: 0, unknown: 0, deliveries: 0, duplicates: 0, lost: 0 };
  const failed = (faults: string[], evidence: Record<string, string> = {}): RoundResult => {
    const seconds = (performance.now() - began) / 1000;
    return { fault, seed, ...counted, seconds, faults, evidence };
  };
  let stand: Stand | null = null;
  try {
    stand = await openStand(STRIKES[fault].stand);
    return { ...(await play(stand, options, deadline)), seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return failed([`The round did not come to its end: ${said}`], stand?.logs());
  } finally {
    await stand?.close();
  }
}

type Played = Omit<RoundResult, 'seconds'>;

async function play(stand: Stand, options: RoundOptions, deadline: Deadline): Promise<Played> {
  const { fault, seed, clients = 6 } = options;
  const dice = createDice(seed, 0);
  await deadline.within('the policies to be published', setUp(stand.urls()[0] ?? ''));
  const watch = watchHealth(stand);
  const load = startLoad({
    seed,
    clients,
    urls: stand.urls,
    callbackUrl: stand.callbackUrl,
    letTimePass: () => letTimePass(stand),
  });
  try {
    const moment = STRIKE_AFTER.least + dice.roll(STRIKE_AFTER.most - STRIKE_AFTER.least);
    await deadline.until(`${moment} answers before the fault`, () => load.calls.length >= moment);
    const { outage, faults } = await STRIKES[fault].strike({ stand, dice, watch, deadline });
    await deadline.until('health to say 200 again on every service', () => isWell(watch, stand, outage));
    const since = changes(load);
    await deadline.until('clients to be served again', () => changes(load) >= since + CHANGES_AFTER);
    await deadline.within('the last calls to be answered', load.stop());
    const stuck = await drain(stand, deadline);
    await watch.stop();
    return await reckon({ stand, options, load, watch, outage, deadline, faults: [...faults, ...stuck] });
  } finally {
    await Promise.all([load.stop(), watch.stop()]);
  }
}

type Reckoning = {
  stand: Stand;
  options: RoundOptions;
  load: Load;
  watch: HealthWatch;
  outage: Outage;
  deadline: Deadline;
  faults: string[];
};

async function reckon({
  stand,
  options,
  load,
  watch,
  outage,
  deadline,
  ...before
}: Reckoning): Promise<Played> {
  const { calls } = load;
  const { ledger, broken } = await stand.withSql(async (sql) => ({
    ledger: await readLedger(sql),
    broken: await ledgerFaults(sql),
  }));
  const ends = await deadline.within('the services to stop', stop(stand));
  const verdict = judge({
    calls,
    received: stand.received,
    ledger,
    isGraceful: options.fault === 'sigterm',
  });
  const faults = [
    ...before.faults,
    ...verdict.faults,
    ...broken,
    ...healthFaults(watch.probes, outage),
    ...ends,
  ];
  const evidence = { calls, probes: watch.probes, outage, received: stand.received, ledger: plain(ledger) };
  return {
    fault: options.fault,
    seed: options.seed,
    calls: calls.length,
    acknowledged: changes(load),
    unknown: calls.filter((call) => outcomeOf(call) === 'unknown').length,
    deliveries: verdict.deliveries,
    duplicates: verdict.duplicates,
    lost: verdict.lost,
    faults,
    evidence:
      faults.length === 0 ? {} : { ...stand.logs(), 'history.json': JSON.stringify(evidence, null, 1) },
  };
}

async function stop({ services }: Stand): Promise<string[]> {
  for (const life of services) life.kill('SIGTERM');
  const ends = await Promise.all(services.map((life) => life.ended));
  return ends.flatMap(({ code, stderr }, service) =>
    code === 0 && stderr === ''
      ? []
      : [`At the end service ${service} stopped with exit code ${code} and said "${stderr.trim()}".`],
  );
}

function changes({ calls }: Load): number {
  return calls.filter((call) => outcomeOf(call) === 'acknowledged' && !call.operation.startsWith('read'))
    .length;
}

function isWell({ probes }: HealthWatch, { services }: Stand, { recovered }: Outage): boolean {
  return services.every((_, service) =>
    probes.some((probe) => probe.service === service && probe.start >= recovered && probe.status === 200),
  );
}

/** Makes one task due, alone, so that this waits for nobody while it holds a row. */
async function letTimePass(stand: Stand): Promise<void> {
  await stand.withSql((sql) =>
    sql(`update approval_task set due_at = now() where id = (
           select id from approval_task where due_at > now() and status in ('open', 'claimed')
           order by id limit 1 for update skip locked)`),
  );
}

function plain(ledger: Ledger): object {
  const { requests, tasks, decisions, timelines, keys, deliveries } = ledger;
  const list = (map: Map<string, object>) => [...map.values()];
  return {
    requests: list(requests),
    tasks: list(tasks),
    decisions: list(decisions),
    timelines: list(timelines),
    keys,
    deliveries: list(deliveries),
  };
}
