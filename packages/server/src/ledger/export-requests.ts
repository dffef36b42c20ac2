import type { ApprovalRequest, Decision, StageProgress, Task } from '@awe/engine/approval';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DeliveryRow, LinkedEvent, RequestLine } from '../integrity/export-line.ts';
import { readRow } from './export-rows.ts';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

type Rows = Record<string, unknown>[];
type Read = {
  request: Record<string, unknown>;
  tasks: Rows;
  decisions: Rows;
  events: Rows;
  deliveries: Rows;
};

const REQUEST = {
  times: ['next_attempt_at', 'completed_at', 'created_at', 'updated_at'],
  hashes: ['head_hash'],
};
const TASK = { times: ['claimed_at', 'completed_at', 'due_at', 'created_at'] };
const DECISION = { times: ['created_at'] };
const EVENT = { times: ['created_at'], hashes: ['hash'] };
const DELIVERY = { times: ['next_attempt_at', 'delivered_at', 'created_at', 'updated_at'] };

/** One request with all that belongs to it, as an export has it; null when there is none. */
export async function readRequestLine(db: Kysely<Tables>, id: string): Promise<RequestLine | null> {
  if (!isUuid(id)) return null;
  const [line] = await readLines(db, sql`r.id = ${id}`, 1);
  return line ?? null;
}

/** The next requests by their ids, which are those after `after` and before `before`; null lifts a bound. */
export function readRequestLines(
  db: Kysely<Tables>,
  { after, before, limit }: { after: string | null; before: string | null; limit: number },
): Promise<RequestLine[]> {
  const lower = after === null ? sql`true` : sql`r.id > ${after}`;
  const upper = before === null ? sql`true` : sql`r.id < ${before}`;
  return readLines(db, sql`${lower} and ${upper}`, limit);
}

/**
 * In one statement, so that the parts of a request belong together: whoever writes it writes all of them at once. By
 * primary keys and the indexes that begin with the request. As JSON, because our columns cut times to milliseconds.
 */
async function readLines(
  db: Kysely<Tables>,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<RequestLine[]> {
  const { rows } = await sql<Read>`
    select to_json(r) as request,
      (select coalesce(json_agg(t order by t.id), '[]') from approval_task t where t.request_id = r.id) as tasks,
      (select coalesce(json_agg(d order by d.id), '[]') from approval_decision d where d.request_id = r.id) as decisions,
      (select coalesce(json_agg(e order by e.sequence), '[]') from approval_event e where e.request_id = r.id) as events,
      (select coalesce(json_agg(v order by v.sequence), '[]') from webhook_delivery v where v.request_id = r.id)
        as deliveries
    from approval_request r
    where ${where}
    order by r.id
    limit ${limit}`.execute(db);
  return rows.map(toLine);
}

function toLine({ request, tasks, decisions, events, deliveries }: Read): RequestLine {
  const { head_hash, stages, ...rest } = readRow<Record<string, unknown>>(request, REQUEST);
  return {
    type: 'request',
    request: rest as ApprovalRequest,
    head: head_hash as string | null,
    stages: stages as StageProgress[],
    tasks: tasks.map((row) => readRow<Task>(row, TASK)),
    decisions: decisions.map((row) => readRow<Decision>(row, DECISION)),
    events: events.map(({ written_at: _, ...row }) => readRow<LinkedEvent>(row, EVENT)),
    deliveries: deliveries.map((row) => readRow<DeliveryRow>(row, DELIVERY)),
  };
}
