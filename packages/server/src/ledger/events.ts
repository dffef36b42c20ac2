import type { TimelineEvent } from '@awe/engine/event';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/** The timeline of a request, oldest first, by the primary key; empty when there is no such request. */
export async function listEvents(db: Kysely<Tables>, requestId: string): Promise<TimelineEvent[]> {
  if (!isUuid(requestId)) return [];
  return db
    .selectFrom('approval_event')
    .select(['id', 'request_id', 'sequence', 'event_type', 'payload', 'actor', 'created_at'])
    .where('request_id', '=', requestId)
    .orderBy('sequence')
    .execute();
}
