import type { DelegationIn } from '@awe/contract/delegations';
import type { Instant } from '@awe/engine/instant';
import { userIdFault } from '@awe/engine/user-id';
import type { Kysely } from 'kysely';
import type { Admin, AdminDeed } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import { audited } from '../ledger/audited.ts';
import {
  type Delegation,
  deleteDelegation,
  insertDelegation,
  listDelegations,
} from '../ledger/delegations.ts';
import type { Tables } from '../ledger/tables.ts';

type Services = { db: Kysely<Tables>; clock: Clock };

/** Windows of one person, or of all with null; newest first. */
export function delegationsOf({ db }: Services, userId: string | null): Promise<Delegation[]> {
  return listDelegations(db, userId);
}

/** Lets one person stand in for another, for tasks made from now on. Throws `policy_invalid` for a window that cannot be. */
export async function addDelegation(
  services: Services,
  given: DelegationIn,
  author: Admin,
): Promise<Delegation> {
  const { clock } = services;
  const delegation: Delegation = {
    id: clock.newId(),
    user_id: given.user_id,
    delegate_to: given.delegate_to,
    starts_at: new Date(given.starts_at).toISOString(),
    ends_at: new Date(given.ends_at).toISOString(),
    reason: given.reason ?? null,
    created_by: author.id,
    created_at: clock.now(),
  };
  for (const place of ['user_id', 'delegate_to'] as const) {
    const fault = userIdFault(delegation[place]);
    if (fault !== null) throw new AweError('policy_invalid', `${place} ${fault}; it must name somebody.`);
  }
  if (delegation.user_id === delegation.delegate_to)
    throw new AweError(
      'policy_invalid',
      'delegate_to is the same person as user_id; nobody can stand in for themselves.',
    );
  for (const place of ['starts_at', 'ends_at'] as const) {
    if (!isInCalendar(delegation[place]))
      throw new AweError('policy_invalid', `${place} must lie between the years 1 and 9999 (UTC).`);
  }
  if (delegation.ends_at <= delegation.starts_at)
    throw new AweError('policy_invalid', 'ends_at must be after starts_at.');
  return audited(services, author, async (trx) => {
    await insertDelegation(trx, delegation);
    return { result: delegation, deed: deed('delegation.create', 'Let', delegation) };
  });
}

/** Beyond these years ISO dates do not sort as text, and PostgreSQL has other words for them. */
function isInCalendar(moment: Instant): boolean {
  return /^(?!0000)\d{4}-/.test(moment);
}

/** Ends a window by removing it; tasks that were handed over stay where they are. Throws `delegation_not_found`. */
export async function removeDelegation(services: Services, id: string, by: Admin): Promise<void> {
  const removed = await audited(services, by, async (trx) => {
    const result = await deleteDelegation(trx, id);
    return { result, deed: result && deed('delegation.delete', 'No longer lets', result) };
  });
  if (removed === null)
    throw new AweError('delegation_not_found', `There is no delegation ${JSON.stringify(id)}.`);
}

function deed(
  action: 'delegation.create' | 'delegation.delete',
  said: string,
  delegation: Delegation,
): AdminDeed {
  const { id, user_id, delegate_to, starts_at, ends_at } = delegation;
  const isNew = action === 'delegation.create';
  return {
    action,
    resource_type: 'delegation',
    resource_id: id,
    summary: `${said} ${delegate_to} stand in for ${user_id} from ${starts_at} until ${ends_at}`,
    before: isNew ? null : delegation,
    after: isNew ? delegation : null,
  };
}
