import type { Kysely } from 'kysely';
import type { ClaimedDelivery } from './deliveries-claim.ts';
import { type Delivery, findDelivery } from './deliveries-list.ts';
import type { DeliveryAttempt, Tables } from './tables.ts';

/** A delivery with what its message is made of, and its last attempts, oldest first. */
export type DeliveryDetail = { delivery: Delivery; attempts: DeliveryAttempt[]; message: ClaimedDelivery };

/** One delivery, or null. Primary keys only. */
export async function findDeliveryDetail(db: Kysely<Tables>, id: string): Promise<DeliveryDetail | null> {
  const delivery = await findDelivery(db, id);
  if (delivery === null) return null;
  const row = await db
    .selectFrom('webhook_delivery as d')
    .innerJoin('approval_request as r', 'r.id', 'd.request_id')
    .innerJoin('approval_event as e', (join) =>
      join.onRef('e.request_id', '=', 'd.request_id').onRef('e.sequence', '=', 'd.sequence'),
    )
    .select([
      'd.attempts',
      'r.callback_secret_id',
      'r.artifact_type',
      'r.artifact_id',
      'e.payload',
      'e.actor',
    ])
    .select('e.created_at as occurred_at')
    .where('d.id', '=', delivery.id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { attempts, ...content } = row;
  return { delivery, attempts, message: { ...delivery, ...content } };
}
