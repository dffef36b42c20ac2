import type { ApprovalRequest, Decision, Task } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { Sql } from '../truth/ledger-faults.ts';

export type KeyRow = { subject: string; key: string; request_id: string; response: string };
export type DeliveryRow = { id: string; request_id: string; status: string; next_attempt_at: string | null };

/** What the database holds, as it is compared with what the clients were told. Timelines are by request, oldest first. */
export type Ledger = {
  requests: Map<string, ApprovalRequest>;
  tasks: Map<string, Task>;
  decisions: Map<string, Decision>;
  timelines: Map<string, TimelineEvent[]>;
  keys: KeyRow[];
  deliveries: Map<string, DeliveryRow>;
};

export async function readLedger(sql: Sql): Promise<Ledger> {
  // As JSON moments are ISO strings, whatever the connection makes of them.
  const rows = async <Row extends object>(text: string): Promise<Row[]> =>
    JSON.parse(JSON.stringify(await sql(text)));
  const byId = async <Row extends { id: string }>(table: string) =>
    new Map((await rows<Row>(`select * from ${table}`)).map((row) => [row.id, row]));
  // As the timeline shows them, without what the ledger keeps beside them.
  const events = await rows<TimelineEvent>(
    `select id, request_id, sequence, event_type, payload, actor, created_at
       from approval_event order by request_id, sequence`,
  );
  return {
    requests: await byId<ApprovalRequest>('approval_request'),
    tasks: await byId<Task>('approval_task'),
    decisions: await byId<Decision>('approval_decision'),
    timelines: Map.groupBy(events, (event) => event.request_id),
    keys: await rows<KeyRow>('select subject, key, request_id, response from idempotency_key'),
    deliveries: await byId<DeliveryRow>('webhook_delivery'),
  };
}
