import type { Probe } from './health-watch.ts';

/**
 * What is known of a fault, in milliseconds of the probes' clock. `struck`: the last moment before it. `away`: the stretch
 * in which the database, or the service, is known to have been gone; null where it came back by itself at a time that
 * nobody can tell. `recovered`: from then on all is known to be well. `affected`: the services that it was to reach.
 */
export type Outage = {
  struck: number;
  away: { from: number; until: number } | null;
  recovered: number;
  affected: readonly number[];
};

/**
 * Health says 200 while all is well, never while the database is away, and 200 for good after the first time that it
 * says so when all is well again.
 */
export function healthFaults(probes: readonly Probe[], outage: Outage): string[] {
  return [...Map.groupBy(probes, ({ service }) => service)].flatMap(([service, own]) =>
    faultsOf(own, outage, outage.affected.includes(service)).map(
      (fault) => `Health of service ${service} ${fault}.`,
    ),
  );
}

function faultsOf(probes: readonly Probe[], outage: Outage, isAffected: boolean): string[] {
  const { struck, away, recovered } = outage;
  const at = ({ start }: Probe) => `${Math.round(start - struck)} ms after the fault`;
  const say = (what: string, probe: Probe | undefined) =>
    probe === undefined ? [] : [`said ${probe.status ?? 'nothing'} ${what}, ${at(probe)}`];
  const isWell = ({ status }: Probe) => status === 200;
  const odd = probes.find(({ status }) => status !== 200 && status !== 503 && status !== null);
  const early = probes.find((probe) => probe.end < struck && !isWell(probe));
  if (!isAffected)
    return [
      ...say(
        'though the fault was another one’s',
        probes.find((probe) => !isWell(probe)),
      ),
    ];
  const blind = probes.find(
    (probe) => away !== null && isWell(probe) && probe.start >= away.from && probe.end <= away.until,
  );
  const after = probes.filter((probe) => probe.start >= recovered);
  const well = after.findIndex(isWell);
  const relapse = after.slice(Math.max(0, well)).find((probe) => !isWell(probe));
  return [
    ...say('of all things', odd),
    ...say('while nothing was wrong', early),
    ...say('while the database was away', blind),
    ...(well < 0 ? ['never said 200 again'] : say('again when all was well', relapse)),
  ];
}
