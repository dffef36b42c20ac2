import { createApprovals } from '../approvals.ts';
import { besideFloor } from '../beside-floor.ts';
import { floorScript } from '../floor-statements.ts';
import { closedLoop } from '../load.ts';
import type { Row } from '../result.ts';
import { settle, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';

/** (c) create alone, no callback. */
export async function create(setting: Setting): Promise<Row[]> {
  return withScene(setting, async ({ databaseUrl, service, client }) => {
    const approvals = await createApprovals(client, setting.identity);
    const load = (seconds: number) =>
      closedLoop(setting.callers, seconds, async () => {
        await approvals.create();
      });
    await load(setting.seconds / 4);
    await settle(databaseUrl);
    const row = await besideFloor(setting, {
      scenario: 'c',
      key: 'create',
      name: 'create, no callback',
      databaseUrl,
      serverPids: [service.pid],
      load: (share) => load(setting.seconds * share),
      floor: floorScript({ callback: false }).create,
      target: null,
    });
    return [row];
  });
}
