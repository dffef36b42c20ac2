import { createApprovals } from '../approvals.ts';
import { besideFloor } from '../beside-floor.ts';
import { floorScript } from '../floor-statements.ts';
import { countedLoop } from '../load.ts';
import type { Row } from '../result.ts';
import { settle, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';

/** (j) So many requests as fast as one caller process can, no callback. */
export async function importRequests(setting: Setting): Promise<Row[]> {
  return withScene(setting, async ({ databaseUrl, service, client }) => {
    const total = setting.quick ? 2_000 : 100_000;
    const approvals = await createApprovals(client, setting.identity);
    const createAll = (count: number) =>
      countedLoop(setting.callers, count, async () => {
        await approvals.create();
      });
    await createAll(500);
    await settle(databaseUrl);
    const row = await besideFloor(setting, {
      scenario: 'j',
      key: 'import',
      name: `import of ${total.toLocaleString('en')}`,
      databaseUrl,
      serverPids: [service.pid],
      load: (share) => createAll(Math.round(total * share)),
      floor: floorScript({ callback: false }).create,
      target: null,
    });
    return [row];
  });
}
