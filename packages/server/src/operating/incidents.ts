import { INCIDENT_KINDS, type IncidentOut, type IncidentRetryOut } from '@awe/contract/incidents';
import { quote } from '@awe/engine/fault';
import type { Approvals } from '../approvals/approvals.ts';
import type { AdminDeed, Doer } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../ledger/database.ts';
import { exhaustedReceivers } from '../ledger/incidents-exhausted.ts';
import { failedLookups } from '../ledger/incidents-lookups.ts';
import { overdueStages } from '../ledger/incidents-overdue.ts';
import { isUuid } from '../ledger/uuid.ts';
import { replayAll } from '../webhooks/delivery-replay.ts';
import { exhaustedIncident, lookupIncident, overdueIncident } from './incident-words.ts';

/** What does not go on by itself. */
export type Incidents = {
  /** The longest standing first; of each kind the oldest `limit`. A kind that does not exist matches nothing. */
  list: (search: { kind: string | null; limit: number }) => Promise<IncidentOut[]>;
  /** @throws AweError `incident_not_found`, or `conflict` when there is nothing to retry */
  retry: (id: string, by: Doer) => Promise<IncidentRetryOut>;
};

export type IncidentServices = {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  tick: Approvals['tick'];
  wake: () => void;
};

const ID = /^(lookup|exhausted|overdue)-([0-9a-f-]+)$/;
type Kind = (typeof INCIDENT_KINDS)[number];
const KIND_OF: Record<string, Kind> = {
  lookup: 'lookup_failed',
  exhausted: 'deliveries_exhausted',
  overdue: 'overdue',
};

export function createIncidents(services: IncidentServices): Incidents {
  const { clock, tick } = services;
  const db = services.database.kysely;

  /** `of` narrows to one incident: by its request, or by the key of its receiver. */
  async function find(kind: Kind, of: string | null, limit: number): Promise<IncidentOut[]> {
    switch (kind) {
      case 'lookup_failed':
        return (await failedLookups(db, { requestId: of, limit })).map(lookupIncident);
      case 'deliveries_exhausted':
        return (await exhaustedReceivers(db, { key: of, limit })).map(exhaustedIncident);
      case 'overdue':
        return (await overdueStages(db, { requestId: of, limit, now: clock.now() })).map(overdueIncident);
    }
  }

  async function findOne(id: string): Promise<IncidentOut | null> {
    const [, name = '', of = ''] = ID.exec(id) ?? [];
    const kind = KIND_OF[name];
    if (kind === undefined || (kind !== 'deliveries_exhausted' && !isUuid(of))) return null;
    return (await find(kind, of, 1))[0] ?? null;
  }

  function retryLookup(incident: IncidentOut, requestId: string, by: Doer): Promise<number> {
    const deed = (): AdminDeed => ({
      ...deedOf(incident),
      summary: `Looked up the people of stage ${incident.lookup?.stage_order} of request ${requestId} again`,
    });
    return tick(requestId, true, { by, deedOf: deed }).then(Number);
  }

  function retryDeliveries(incident: IncidentOut, receiver: string, by: Doer): Promise<number> {
    const filters = { receiver, since: null, until: null, statuses: ['exhausted'] as const };
    return replayAll(services, filters, by, (count) => ({
      ...deedOf(incident),
      summary: `Sent ${count} exhausted webhooks to ${receiver} again`,
      metadata: { receiver, count },
    }));
  }

  return {
    async list({ kind, limit }) {
      const kinds = INCIDENT_KINDS.filter((each) => kind === null || each === kind);
      const found = await Promise.all(kinds.map((each) => find(each, null, limit)));
      return found.flat().sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
    },
    async retry(id, by) {
      const incident = await findOne(id);
      if (incident === null) {
        throw new AweError(
          'incident_not_found',
          `There is no incident ${quote(id)}, or it is over: take the id from GET /admin/incidents.`,
        );
      }
      const { request_id, receiver } = incident;
      let retried = 0;
      if (incident.lookup && request_id) retried = await retryLookup(incident, request_id, by);
      else if (receiver) retried = await retryDeliveries(incident, receiver, by);
      else throw nothingToRetry(incident);
      return { id, retried, incident: await findOne(id) };
    },
  };
}

function deedOf({ id, request_id, ...incident }: IncidentOut) {
  return {
    action: 'incident.retry' as const,
    resource_type: 'incident',
    resource_id: id,
    before: { id, request_id, kind: incident.kind, since: incident.since, what: incident.what },
    after: null,
    metadata: { request_id },
  };
}

function nothingToRetry({ request_id }: IncidentOut): AweError {
  return new AweError(
    'conflict',
    `Request ${request_id} waits for people who are past due, which no retry changes: give a task to somebody else ` +
      `(POST /tasks/{task_id}/reassign), or cancel the request (POST /requests/${request_id}/cancel).`,
  );
}
