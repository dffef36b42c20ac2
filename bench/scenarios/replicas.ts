import { createApprovals, wholeFlow } from '../approvals.ts';
import { metered } from '../beside-floor.ts';
import { createClient } from '../client.ts';
import { runSql } from '../cluster.ts';
import { closedLoop, type Timed } from '../load.ts';
import { outboxEmpty } from '../outbox.ts';
import { startReceiver } from '../receiver.ts';
import { type Row, rowOf } from '../result.ts';
import { withScene } from '../scene.ts';
import { startServiceUnderTest } from '../service-under-test.ts';
import type { Setting } from '../setting.ts';
import { summarise } from '../summary.ts';

const TARGET_SPEED_UP = 1.5;

/**
 * (h) The flow with its calls dealt out to two service processes on one database, each flow with calls to both, beside
 * the same load on one of them. Fails when an update was lost.
 */
export async function replicas(setting: Setting): Promise<Row[]> {
  return withScene(setting, async ({ databaseUrl, service, client }) => {
    const other = await startServiceUnderTest(databaseUrl, setting.identity);
    const otherClient = createClient(other.url, setting.callers);
    const seen = new Set<string>();
    let twice = 0;
    const receiver = await startReceiver((body) => {
      const { event_id } = JSON.parse(body);
      if (seen.has(event_id)) twice += 1;
      seen.add(event_id);
    });
    try {
      const here = await createApprovals(client, setting.identity);
      const there = await createApprovals(otherClient, setting.identity);
      const both = { ...there, create: here.create, approveAsDirector: here.approveAsDirector };
      const swapped = { ...here, create: there.create, approveAsDirector: there.approveAsDirector };
      const requests: string[] = [];
      const onOne = (seconds: number) =>
        closedLoop(setting.callers, seconds, async () => {
          requests.push(await wholeFlow(here, receiver.url));
        });
      const onTwo = (seconds: number) =>
        closedLoop(setting.callers, seconds, async (_, turn) => {
          requests.push(await wholeFlow(turn % 2 === 0 ? both : swapped, receiver.url));
        });
      await onTwo(setting.seconds / 4);
      await outboxEmpty(databaseUrl);
      const before = await onOne(setting.seconds / 2);
      await outboxEmpty(databaseUrl);
      const { timed, usage } = await metered([service.pid, other.pid], databaseUrl, () =>
        onTwo(setting.seconds),
      );
      await outboxEmpty(databaseUrl);
      const after = await onOne(setting.seconds / 2);
      await outboxEmpty(databaseUrl);
      await requireNothingLost(databaseUrl, requests.length);
      const row = rowOf(
        { scenario: 'h', key: 'two replicas', name: 'flow, 2 replicas' },
        summarise(timed.times, timed.seconds),
        usage,
      );
      const single = perSecond(before, after);
      row.ratios.push({
        name: 'throughput / one replica',
        value: row.measured.perSecond / single,
        target: TARGET_SPEED_UP,
      });
      row.notes.push(
        `one replica: ${Math.round(single)} a second`,
        `${requests.length} requests: all approved, no gap in any timeline; ${twice} callbacks came twice`,
      );
      return [row];
    } finally {
      receiver.close();
      await otherClient.close();
      await other.stop();
    }
  });
}

function perSecond(...parts: Timed[]): number {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return parts.reduce((sum, part) => sum + part.times.length, 0) / seconds;
}

/** Each request is approved with its two decisions, and its timeline counts 1, 2, 3, … up to its sequence. */
async function requireNothingLost(databaseUrl: string, expected: number): Promise<void> {
  const [row] = await runSql<{ requests: number; faulty: number }>(
    databaseUrl,
    `select count(*)::integer as requests,
       count(*) filter (where status <> 'approved' or decisions <> 2 or first <> 1 or last <> events
         or sequence <> events)::integer as faulty
     from approval_request r
     cross join lateral (
       select count(*) as events, min(e.sequence) as first, max(e.sequence) as last
       from approval_event e where e.request_id = r.id
     ) timeline
     cross join lateral (
       select count(*) as decisions from approval_decision d where d.request_id = r.id
     ) decided`,
  );
  if (row?.requests !== expected || row.faulty !== 0)
    throw new Error(
      `two replicas lost updates: ${row?.faulty} of ${row?.requests} requests are faulty, ${expected} were made`,
    );
}
