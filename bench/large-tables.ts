import { createApprovals } from './approvals.ts';
import { runSql } from './cluster.ts';
import { copyRows, idOf } from './multiply.ts';
import { openScene, type Scene, settle } from './scene.ts';
import type { Setting } from './setting.ts';

/** A scene whose tables hold `tasks` tasks of `requests` requests, ids of which are `requestId` of 1 to `requests`. */
export type LargeScene = Scene & { tasks: number; requests: number };

const TASKS_PER_REQUEST = 5;
const EVENTS_PER_REQUEST = 4;
/** Open tasks of `mia`, whatever the size; among her other, finished ones: one in a thousand tasks is hers. */
const MIAS_OPEN_TASKS = 200;
const PEOPLE = 10_007;
/** Copied at once: what a statement's triggers remember stays small. */
const COPIES_AT_ONCE = 200_000;

export const requestId = (n: string) => idOf(n, '0');
export const artifactId = (n: string) => `('artifact-' || ${n})`;

const built = new WeakMap<Setting, Promise<LargeScene[]>>();

/** The same scenes for all scenarios of a run, smallest first, so that sizes are measured in turn and not hours apart. */
export function largeScenes(setting: Setting): Promise<LargeScene[]> {
  const known = built.get(setting) ?? build(setting);
  built.set(setting, known);
  return known;
}

async function build(setting: Setting): Promise<LargeScene[]> {
  const sizes = setting.quick ? [10_000, 100_000] : [10_000, 500_000, 5_000_000];
  const scenes: LargeScene[] = [];
  for (const tasks of sizes) {
    const scene = await openScene(setting);
    setting.atEnd.push(() => scene.close());
    const requests = tasks / TASKS_PER_REQUEST;
    await fill(scene, setting, requests);
    scenes.push({ ...scene, tasks, requests });
  }
  return scenes;
}

async function fill({ client, databaseUrl }: Scene, { identity }: Setting, requests: number): Promise<void> {
  const { request_id } = await (await createApprovals(client, identity)).create();
  const indexes = await dropIndexes(databaseUrl);
  for (let from = 1; from <= requests; from += COPIES_AT_ONCE) {
    const to = Math.min(requests, from + COPIES_AT_ONCE - 1);
    await copyRows(databaseUrl, ...copies(request_id, { from, to }, Math.floor(requests / MIAS_OPEN_TASKS)));
  }
  await runSql(databaseUrl, ...indexes);
  await settle(databaseUrl);
}

/** One request in 20 is in review, with a task of its first stage open; the rest are approved and their tasks done. */
function copies(original: string, range: { from: number; to: number }, everyMine: number) {
  const inReview = `(n % 20 = 0 or n % ${everyMine} = 0)`;
  const isMine = `(slot = 0 and n % ${everyMine} = 0)`;
  const number = `(n * ${TASKS_PER_REQUEST} + slot)`;
  const request = {
    ...range,
    table: 'approval_request',
    template: `t.id = '${original}'`,
    set: {
      id: requestId('n'),
      artifact_id: artifactId('n'),
      status: `case when ${inReview} then 'in_review' else 'approved' end`,
    },
  };
  const task = {
    ...range,
    table: 'approval_task',
    template: `t.request_id = '${original}' and t.assignee = 'olga'`,
    each: `generate_series(0, ${TASKS_PER_REQUEST - 1}) as slot`,
    set: {
      id: idOf('n', '1 + slot'),
      request_id: requestId('n'),
      assignee: `case when ${isMine} or ${number} % 1000 = 7 then 'mia' else 'person-' || (${number} * 7919) % ${PEOPLE} end`,
      status: `case when ${isMine} or (slot = 0 and n % 20 = 0) then 'open' else 'completed' end`,
    },
  };
  const event = {
    ...range,
    table: 'approval_event',
    template: `t.request_id = '${original}' and t.sequence = 2`,
    each: `generate_series(1, ${EVENTS_PER_REQUEST}) as place`,
    set: { id: idOf('n', '16 + place'), request_id: requestId('n'), sequence: 'place' },
  };
  return [request, task, event];
}

/** Drops the indexes that no constraint needs: rows are copied several times faster without. Gives what makes them again. */
async function dropIndexes(databaseUrl: string): Promise<string[]> {
  const rows = await runSql<{ name: string; made: string }>(
    databaseUrl,
    `select quote_ident(c.relname) as name, pg_get_indexdef(i.indexrelid) as made
     from pg_index i
     join pg_class c on c.oid = i.indexrelid
     where i.indrelid in ('approval_request'::regclass, 'approval_task'::regclass, 'approval_event'::regclass)
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
  );
  await runSql(databaseUrl, ...rows.map(({ name }) => `drop index ${name}`));
  return rows.map(({ made }) => made);
}
