import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dice } from '../load/dice.ts';
import type { Outage } from './health-faults.ts';
import type { HealthWatch } from './health-watch.ts';
import type { Stand, StandKind } from './stand.ts';
import type { Deadline } from './until.ts';

export type Scene = { stand: Stand; dice: Dice; watch: HealthWatch; deadline: Deadline };
/** Breaks something and sees it well again; `faults` are what went wrong in between. */
export type Strike = (scene: Scene) => Promise<{ outage: Outage; faults: string[] }>;

export const FAULTS = [
  'kill-service',
  'kill-postgres',
  'kill-backend',
  'stop-database',
  'sigterm',
  'kill-replica',
] as const;
export type Fault = (typeof FAULTS)[number];

const EMBEDDED: StandKind = { replicas: 1, database: 'embedded' };
const now = () => performance.now();

/** What each fault is done to, and how. */
export const STRIKES: Readonly<Record<Fault, { stand: StandKind; strike: Strike }>> = {
  'kill-service': { stand: EMBEDDED, strike: endService('SIGKILL') },
  'kill-postgres': { stand: EMBEDDED, strike: killPostgres },
  'kill-backend': { stand: EMBEDDED, strike: killBackend },
  'stop-database': { stand: { replicas: 1, database: 'external' }, strike: stopDatabase },
  sigterm: { stand: EMBEDDED, strike: endService('SIGTERM') },
  'kill-replica': { stand: { replicas: 2, database: 'external' }, strike: endService('SIGKILL') },
};

/** Ends the last service, waits until it is gone, and starts it again where it was. */
function endService(signal: 'SIGKILL' | 'SIGTERM'): Strike {
  return async ({ stand, deadline }) => {
    const service = stand.services.length - 1;
    const life = stand.services[service]!;
    const struck = now();
    life.kill(signal);
    const { code, stderr } = await deadline.within(`the end of the service after ${signal}`, life.ended);
    const from = now();
    const faults =
      signal === 'SIGTERM' && (code !== 0 || stderr !== '')
        ? [`On SIGTERM the service ended with exit code ${code} and said "${stderr.trim()}".`]
        : [];
    const until = now();
    await deadline.within('the service to be up again', stand.restart(service));
    return { outage: { struck, away: { from, until }, recovered: now(), affected: [service] }, faults };
  };
}

async function stopDatabase({ stand, dice, watch, deadline }: Scene) {
  const postgres = stand.external!;
  const struck = now();
  await deadline.within('PostgreSQL to stop', postgres.stopImmediately());
  const from = now();
  const looks = 1 + dice.roll(10);
  await deadline.until(`${looks} answers of health while the database was away`, () => {
    return watch.probes.filter(({ start, status }) => start > from && status !== null).length >= looks;
  });
  const until = now();
  await deadline.within('PostgreSQL to start again', postgres.start());
  return {
    outage: { struck, away: { from, until }, recovered: now(), affected: [0] },
    faults: stillRuns(stand),
  };
}

/** The postmaster goes, and with it in time all others; the service starts it again. */
async function killPostgres({ stand, deadline }: Scene) {
  const pidFile = join(await stand.embeddedData(), 'postmaster.pid');
  const postmaster = async () => Number.parseInt(await readFile(pidFile, 'utf8'), 10);
  const killed = await postmaster();
  const struck = now();
  process.kill(killed, 'SIGKILL');
  await deadline.until('another PostgreSQL in place of the killed one', async () => {
    const pid = await postmaster();
    return pid > 0 && pid !== killed;
  });
  await deadline.until('the new PostgreSQL to answer', () => stand.withSql(() => Promise.resolve(true)));
  return recoveredByItself(stand, struck);
}

/** One process of PostgreSQL dies, whereupon PostgreSQL ends all others and recovers. */
async function killBackend({ stand, dice, deadline }: Scene) {
  const struck = await stand.withSql(async (sql) => {
    const backends = await sql<{ pid: number }>(
      `select pid from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid() and datname = current_database()
        order by backend_start, pid`,
    );
    const at = now();
    process.kill(dice.pick(backends).pid, 'SIGKILL');
    const cut = async () => {
      const alive = await sql('select 1').then(
        () => true,
        () => false,
      );
      return !alive;
    };
    await deadline.until('PostgreSQL to notice that a process of it died', cut);
    return at;
  });
  await deadline.until('PostgreSQL to recover', () => stand.withSql(() => Promise.resolve(true)));
  return recoveredByItself(stand, struck);
}

function recoveredByItself(stand: Stand, struck: number) {
  return { outage: { struck, away: null, recovered: now(), affected: [0] }, faults: stillRuns(stand) };
}

function stillRuns(stand: Stand): string[] {
  return stand.services.every((life) => life.isRunning())
    ? []
    : ['The service ended, though only its database had fallen.'];
}
