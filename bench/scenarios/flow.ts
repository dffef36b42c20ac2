import { createApprovals, wholeFlow } from '../approvals.ts';
import { besideFloor } from '../beside-floor.ts';
import { floorScript } from '../floor-statements.ts';
import { closedLoop } from '../load.ts';
import { outboxEmpty } from '../outbox.ts';
import { startReceiver } from '../receiver.ts';
import type { Row } from '../result.ts';
import { settle, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';

const TARGET_MB = 200;

/** (a) create → decide → decide → approved, with a callback and, in a full run, without. */
export async function flow(setting: Setting): Promise<Row[]> {
  return withScene(setting, async (scene) => {
    const { databaseUrl, service, client } = scene;
    const approvals = await createApprovals(client, setting.identity);
    const receiver = await startReceiver();
    try {
      await closedLoop(setting.callers, setting.seconds / 2, async () => {
        await wholeFlow(approvals, receiver.url);
      });
      const drained: number[] = [];
      const quiet = async () => {
        drained.push(await outboxEmpty(databaseUrl));
      };
      await quiet();
      await settle(databaseUrl);
      drained.length = 0;
      const compare = (callbackUrl: string | undefined) =>
        besideFloor(setting, {
          scenario: 'a',
          key: callbackUrl ? 'flow' : 'flow without callback',
          name: callbackUrl ? 'flow, callback set' : 'flow, no callback',
          databaseUrl,
          serverPids: [service.pid],
          load: (share) =>
            closedLoop(setting.callers, setting.seconds * share, async () => {
              await wholeFlow(approvals, callbackUrl);
            }),
          quiet,
          floor: floorScript({ callback: callbackUrl !== undefined }).flow,
          target: callbackUrl ? 1 : null,
        });
      const withCallback = await compare(receiver.url);
      if (withCallback.memoryPeakMb !== null)
        withCallback.ratios.push({
          name: `${TARGET_MB} MB / memory peak`,
          value: TARGET_MB / withCallback.memoryPeakMb,
          target: 1,
        });
      withCallback.notes.push(
        'an operation is 4 calls: create, decide, find the next task, decide; ours also sends its 6 callbacks, the floor only writes them',
        `callbacks left when the load ended were gone after ${Math.max(...drained).toFixed(1)} s`,
      );
      return setting.quick ? [withCallback] : [withCallback, await compare(undefined)];
    } finally {
      receiver.close();
    }
  });
}
