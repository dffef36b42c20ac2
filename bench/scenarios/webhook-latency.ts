import { createApprovals, officersTask } from '../approvals.ts';
import { metered } from '../beside-floor.ts';
import { measureFloor } from '../floor.ts';
import { floorScript } from '../floor-statements.ts';
import { closedLoop, pacedLoop } from '../load.ts';
import { outboxEmpty } from '../outbox.ts';
import { startReceiver } from '../receiver.ts';
import { type Row, rowOf } from '../result.ts';
import { settle, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';
import { summarise } from '../summary.ts';

/** Statements of a flow in the floor's script. */
const FLOW_STATEMENTS = 6;
const TARGET_P50_MS = 50;
const TARGET_P99_MS = 500;
const TARGET_DECIDE_STATEMENTS = 20;

/**
 * (f) From the commit to the first attempt, while flows begin at half the rate that the service can do. The time counts
 * from the event's own time, which is a little before its commit, to the arrival of the call; both by one clock.
 */
export async function webhookLatency(setting: Setting): Promise<Row[]> {
  return withScene(setting, async ({ databaseUrl, service, client }) => {
    const approvals = await createApprovals(client, setting.identity);
    let arrivals: number[] = [];
    const receiver = await startReceiver((body, arrivedAt) => {
      arrivals.push(arrivedAt - Date.parse(JSON.parse(body).occurred_at));
    });
    try {
      let decisions: number[] = [];
      const flow = async () => {
        const { request_id, tasks } = await approvals.create(receiver.url);
        const began = performance.now();
        await approvals.approveAsOfficer(officersTask(tasks));
        decisions.push(performance.now() - began);
        await approvals.approveAsDirector(request_id);
      };
      await closedLoop(setting.callers, setting.seconds / 4, flow);
      await outboxEmpty(databaseUrl);
      await settle(databaseUrl);
      const full = await closedLoop(setting.callers, setting.seconds / 2, flow);
      const fullRate = full.times.length / full.seconds;
      await outboxEmpty(databaseUrl);
      const floor =
        setting.pgbench === null
          ? null
          : await measureFloor(
              setting.pgbench,
              databaseUrl,
              floorScript({ callback: true }).flow,
              Math.ceil(setting.callers / 2),
              setting.seconds / 2,
            );
      arrivals = [];
      decisions = [];
      const { timed, usage } = await metered([service.pid], databaseUrl, () =>
        pacedLoop(setting.callers, setting.seconds, fullRate / 2, flow),
      );
      await outboxEmpty(databaseUrl);
      const rate = `at ${Math.round(fullRate / 2)} flows/s, half of what it can`;
      const latency = summarise(arrivals, timed.seconds);
      const webhook = rowOf(
        { scenario: 'f', key: 'webhook latency', name: 'event → first attempt' },
        latency,
        usage,
      );
      webhook.notes.push(rate);
      webhook.ratios.push(
        { name: `${TARGET_P50_MS} ms / p50`, value: TARGET_P50_MS / latency.p50, target: 1 },
        { name: `${TARGET_P99_MS} ms / p99`, value: TARGET_P99_MS / latency.p99, target: 1 },
      );
      const decided = summarise(decisions, timed.seconds);
      const decide = rowOf(
        { scenario: 'f', key: 'decide at half load', name: 'decide meanwhile' },
        decided,
        null,
      );
      decide.notes.push(rate);
      if (floor) {
        const statement = summarise(floor.times, floor.seconds).p50 / FLOW_STATEMENTS;
        decide.ratios.push({
          name: `${TARGET_DECIDE_STATEMENTS} floor statements / p99`,
          value: (TARGET_DECIDE_STATEMENTS * statement) / decided.p99,
          target: 1,
        });
        decide.notes.push(
          `the floor's median statement, with half the callers, takes ${statement.toFixed(1)} ms`,
        );
      }
      return [webhook, decide];
    } finally {
      receiver.close();
    }
  });
}
