import { metered } from '../beside-floor.ts';
import { countedLoop, type Timed } from '../load.ts';
import { type Row, rowOf } from '../result.ts';
import { publish, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';
import { summarise } from '../summary.ts';

const EVERYBODY = 'bench.everybody';

/** (i) One request that 1,000 people (in a quick run 100) must all approve, decided by them as fast as they get through. */
export async function thousandApprovers(setting: Setting): Promise<Row[]> {
  return withScene(setting, async ({ client, admin, databaseUrl, service }) => {
    const count = setting.quick ? 100 : 1_000;
    const rules = [{ rule_type: 'expression', rule_value: { logic: { var: 'approvers' } } }];
    const stages = [{ name: 'Everybody', stage_order: 1, mode: 'all', rules }];
    await publish(client, admin, { policy_key: EVERYBODY, name: 'All', artifact_type: 'bench', stages });
    const approvers = Array.from({ length: count }, (_, i) => `approver-${i}`);
    const registry = await setting.identity.tokenFor('registry');
    const tokens = new Map<string, string>();
    for (const name of approvers) tokens.set(name, await setting.identity.tokenFor(name));
    const decideAll = async (): Promise<Timed> => {
      const { request_id, tasks } = await client.call<{
        request_id: string;
        tasks: { id: string; assignee: string }[];
      }>(registry, 'POST', '/requests', {
        policy_key: EVERYBODY,
        artifact_type: 'bench',
        artifact_id: 'a-1',
        context: { approvers },
      });
      const timed = await countedLoop(setting.callers, tasks.length, async (_, turn) => {
        const task = tasks[turn];
        const token = tokens.get(task?.assignee ?? '');
        if (!task || !token) throw new Error(`task ${turn} has no approver`);
        await client.call(token, 'POST', `/tasks/${task.id}/decision`, { action: 'approve' });
      });
      const { status } = await client.call<{ status: string }>(registry, 'GET', `/requests/${request_id}`);
      if (tasks.length !== count || status !== 'approved')
        throw new Error(`the request with ${tasks.length} approvers is ${status}`);
      return timed;
    };
    const { timed, usage } = await metered([service.pid], databaseUrl, decideAll);
    const row = rowOf(
      { scenario: 'i', key: 'thousand approvers', name: `decide, ${count} approvers` },
      summarise(timed.times, timed.seconds),
      usage,
    );
    row.notes.push(
      'no floor: decisions on one row wait for each other, which pgbench would answer with conflicts',
    );
    return [row];
  });
}
