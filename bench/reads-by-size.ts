import { metered } from './beside-floor.ts';
import { measureFloor } from './floor.ts';
import { type LargeScene, largeScenes } from './large-tables.ts';
import { closedLoop, type Timed } from './load.ts';
import { type Row, rowOf } from './result.ts';
import type { Setting } from './setting.ts';
import { type Summary, summarise } from './summary.ts';
import { addUsage, type Usage } from './usage.ts';

/** Something that is read from tables of several sizes. */
export type Read = Pick<Row, 'scenario' | 'key' | 'name'> & {
  path: (scene: LargeScene) => string;
  /** pgbench's script for the statement behind it. */
  floor: (scene: LargeScene) => string;
};

/** People who read at the same time; so few that the times are the service's and not those of a queue before it. */
const READERS = 8;
const ROUNDS = 2;
/** The largest may take 1.5 times as long as the smallest. */
const TARGET = 1 / 1.5;

type Tally = { loads: Timed[]; floors: Timed[]; usage: Usage | null };

/** A row for each size, measured in turn: small, large, small, large. In a quick run only the largest has its floor. */
export async function readsBySize(setting: Setting, read: Read): Promise<Row[]> {
  const scenes = await largeScenes(setting);
  const tallies = scenes.map((): Tally => ({ loads: [], floors: [], usage: null }));
  const seconds = setting.seconds / 4;
  for (const scene of scenes) await load(setting, scene, read, seconds / 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, scene] of scenes.entries()) {
      const tally = tallies[i];
      if (!tally) continue;
      const isLargest = i === scenes.length - 1;
      if (setting.pgbench !== null && (!setting.quick || (round === 0 && isLargest))) {
        const script = `${read.floor(scene).replaceAll(/\s*\n\s+/g, ' ')}\n`;
        tally.floors.push(
          await measureFloor(setting.pgbench, scene.databaseUrl, script, READERS, seconds / 2),
        );
      }
      const { timed, usage } = await metered([scene.service.pid], scene.databaseUrl, () =>
        load(setting, scene, read, seconds),
      );
      tally.loads.push(timed);
      tally.usage = tally.usage === null ? usage : addUsage(tally.usage, usage);
    }
  }
  const rows = scenes.map((scene, i) => rowOfSize(read, scene, tallies[i] as Tally));
  for (const row of rows.slice(1)) compareWithSmallest(row, rows[0] as Row);
  return rows;
}

async function load(setting: Setting, scene: LargeScene, read: Read, seconds: number): Promise<Timed> {
  const token = await setting.identity.tokenFor('mia');
  return closedLoop(READERS, seconds, async () => {
    const rows = await scene.client.call<unknown[]>(token, 'GET', read.path(scene));
    if (rows.length === 0) throw new Error(`${read.path(scene)} found nothing`);
  });
}

function rowOfSize(read: Read, scene: LargeScene, { loads, floors, usage }: Tally): Row {
  const size = scene.tasks.toLocaleString('en');
  const named = { ...read, key: `${read.key} ${scene.tasks}`, name: `${read.name}, ${size} tasks` };
  const { scenario, key, name } = named;
  const row = rowOf({ scenario, key, name }, together(loads), usage);
  if (floors.length === 0) return row;
  const floor = together(floors);
  const value = row.measured.perSecond / floor.perSecond;
  return { ...row, floor, ratios: [{ name: 'throughput / floor', value, target: null }] };
}

function compareWithSmallest(row: Row, smallest: Row): void {
  row.ratios.push({
    name: 'p50 of the smallest / p50',
    value: smallest.measured.p50 / row.measured.p50,
    target: row.scenario === 'd' ? TARGET : null,
  });
}

function together(parts: Timed[]): Summary {
  return summarise(
    parts.flatMap(({ times }) => times),
    parts.reduce((sum, { seconds }) => sum + seconds, 0),
  );
}
