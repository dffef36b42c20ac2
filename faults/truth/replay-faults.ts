import {
  type Approval,
  type ApprovalRequest,
  isEnded,
  isPending,
  type StageProgress,
  type Task,
} from '@awe/engine/approval';
import { projection, replay, type ToldEvent } from '@awe/engine/replay';
import { isActive } from '@awe/engine/stage-transition';
import { readInstant } from '@awe/server/ledger/instant-column';
import type { Sql } from './ledger-faults.ts';
import { differences } from './shape-differences.ts';

type WrittenRequest = ApprovalRequest & { stages: StageProgress[]; next_attempt_at: string | null };
type Written = { id: string; request: WrittenRequest; tasks: Task[]; events: ToldEvent[] };

/** So many requests are held in memory at once, however many there are. */
const PAGE = 500;

/** A request, its tasks and its events, by primary keys and approval_task_request. */
const WRITTEN = `
  select r.id, to_json(r) as request,
         (select coalesce(json_agg(t order by t.id), '[]') from approval_task t where t.request_id = r.id) as tasks,
         (select coalesce(json_agg(e order by e.sequence), '[]') from approval_event e where e.request_id = r.id) as events
  from approval_request r
  where case when $1::uuid is null then $2::uuid is null or r.id > $2 else r.id = $1 end
  order by r.id
  limit ${PAGE}`;

/** Where rows are not what their events add up to, and where nothing will ever happen again although it must. */
export async function replayFaults(sql: Sql, requestId: string | null): Promise<string[]> {
  const faults: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Written[] = await sql<Written>(WRITTEN, [requestId, after]);
    for (const written of page) {
      const told = [...contradictions(written), ...hanging(written)];
      faults.push(...told.map((fault) => `request ${written.id}: ${fault}`));
    }
    after = page.at(-1)?.id ?? null;
    if (requestId !== null || page.length < PAGE) return faults;
  }
}

function contradictions({ request, tasks, events }: Written): string[] {
  const completed_at = request.completed_at && readInstant(request.completed_at);
  const approval: Approval = { request: { ...request, completed_at }, stages: request.stages, tasks };
  try {
    const told = replay(events.map((each) => ({ ...each, created_at: readInstant(each.created_at) })));
    return differences(projection(approval), told);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** No request may wait for nobody: each open stage has somebody who can decide, or a look-up that will be made again. */
function hanging({ request, tasks }: Written): string[] {
  if (isEnded(request.status)) return [];
  const active = request.stages.filter((stage) => isActive(stage.status));
  if (active.length === 0) return [`is ${request.status}, and none of its stages is active`];
  const faults = active.flatMap((stage) => {
    const waitsForLookup = stage.status === 'activating' || stage.escalation === 'due';
    if (waitsForLookup && stage.next_attempt_at === null)
      return [`waits for a look-up of stage ${stage.stage_order}, and none is planned`];
    if (stage.status === 'activating') return [];
    const here = tasks.filter((task) => task.stage_id === stage.stage_id && task.kind === 'approver');
    return here.some(isPending) ? [] : [`has stage ${stage.stage_order} open, and nobody who can decide it`];
  });
  const planned = active.flatMap((stage) => stage.next_attempt_at ?? []).sort()[0] ?? null;
  const watched = request.next_attempt_at && readInstant(request.next_attempt_at);
  if (planned !== watched)
    faults.push(`plans its next look-up at ${planned}, and is watched for at ${watched}`);
  return faults;
}
