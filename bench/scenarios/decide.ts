import { availableParallelism } from 'node:os';
import { createApprovals } from '../approvals.ts';
import { besideFloor } from '../beside-floor.ts';
import { runSql } from '../cluster.ts';
import { DECIDE_PREPARED, prepareDecisions } from '../floor-statements.ts';
import { closedLoop } from '../load.ts';
import { copyRows, idOf } from '../multiply.ts';
import type { Row } from '../result.ts';
import { publish, type Scene, settle, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';

const SINGLE = 'bench.single';
/** More than any machine decides, so that what is prepared lasts. */
const DECISIONS_PER_CORE_SECOND = 2_500;

/** (b) decide alone: each decision is the only one its request needs. */
export async function decide(setting: Setting): Promise<Row[]> {
  return withScene(setting, async (scene) => {
    const { databaseUrl, service, client } = scene;
    const seconds = setting.seconds * 1.5;
    const count = Math.ceil(seconds * DECISIONS_PER_CORE_SECOND * Math.max(2, availableParallelism()));
    const tasks = await prepare(scene, setting, count);
    const approvals = await createApprovals(client, setting.identity);
    const load = (seconds: number) =>
      closedLoop(setting.callers, seconds, async () => {
        const task = tasks.pop();
        if (!task) throw new Error(`all of the ${count} requests that were prepared are decided`);
        await approvals.approveAsOfficer(task);
      });
    await load(setting.seconds / 2);
    const row = await besideFloor(setting, {
      scenario: 'b',
      key: 'decide',
      name: 'decide, no callback',
      databaseUrl,
      serverPids: [service.pid],
      load: (share) => load(setting.seconds * share),
      floor: DECIDE_PREPARED,
      target: null,
    });
    return [row];
  });
}

/** Open requests: `count` for the service, whose tasks it gives, and as many for the floor. */
async function prepare(scene: Scene, { identity }: Setting, count: number): Promise<string[]> {
  const { client, admin, databaseUrl } = scene;
  const rules = [{ rule_type: 'user', rule_value: { user_id: 'olga' } }];
  const stages = [{ name: 'Officer', stage_order: 1, mode: 'any-n', mode_value: 1, rules }];
  await publish(client, admin, { policy_key: SINGLE, name: 'Single', artifact_type: 'bench', stages });
  const { request_id } = await client.call<{ request_id: string }>(
    await identity.tokenFor('registry'),
    'POST',
    '/requests',
    { policy_key: SINGLE, artifact_type: 'bench', artifact_id: 'a-1', context: { amount: 100 } },
  );
  const copies = { from: 1, to: 2 * count };
  const request = idOf('n', '0');
  const template = `t.request_id = '${request_id}'`;
  const set = { request_id: request };
  await copyRows(
    databaseUrl,
    { ...copies, table: 'approval_request', template: `t.id = '${request_id}'`, set: { id: request } },
    { ...copies, table: 'approval_task', template, set: { ...set, id: idOf('n', '1') } },
    { ...copies, table: 'approval_event', template, set: { ...set, id: idOf('n', '16 + t.sequence') } },
  );
  await runSql(
    databaseUrl,
    ...prepareDecisions(
      `select turn, ${request} as request_id, ${idOf('n', '1')} as task_id
       from (select n as turn, n + ${count} as n from generate_series(1::bigint, ${count}) as n) as series`,
    ),
  );
  await settle(databaseUrl);
  const tasks = await runSql<{ id: string }>(
    databaseUrl,
    `select ${idOf('n', '1')} as id from generate_series(1::bigint, ${count}) as n`,
  );
  return tasks.map(({ id }) => id);
}
