import { userIdFault } from '@awe/engine/user-id';
import type { Settings } from '../../config/settings.ts';
import { KeycloakFailure } from './failure.ts';
import type { Reading, Realm } from './realm.ts';

export type AssigneeClaim = Settings['auth']['assignee_claim'];

export type PageOf = { first: number; max: number; briefRepresentation: boolean };

const PAGE = 200;
/** As many as a caller's resolver may name; a stage that asks more people is a mistake. */
const MAX_MEMBERS = 10_000;

/**
 * The enabled people of a list, each once, by the id that tokens carry in `claim`; null when the list's owner does not
 * exist. Reads until a page is empty: Keycloak checks a page's users after it has cut it (those that a federated
 * directory no longer knows are left out), so that a short page, too, may have another behind it.
 * @throws KeycloakFailure
 */
export async function membersOf(
  realm: Realm,
  what: string,
  claim: AssigneeClaim,
  read: (page: PageOf) => Reading,
): Promise<string[] | null> {
  const members = new Set<string>();
  for (let first = 0; ; first += PAGE) {
    const page = await realm.list(what, read({ first, max: PAGE, briefRepresentation: true }));
    if (page === null) return null;
    if (page.length === 0) return [...members];
    for (const user of page) {
      if (isEnabled(user, what)) members.add(userIdOf(user, what, claim));
    }
    if (members.size > MAX_MEMBERS) {
      throw new KeycloakFailure(
        `Keycloak names more than ${MAX_MEMBERS} people as ${what}: choose a smaller role or group`,
      );
    }
  }
}

/**
 * The id by which tokens name this user.
 * @throws KeycloakFailure when the representation has none
 */
export function userIdOf(
  user: { id?: unknown; username?: unknown },
  what: string,
  claim: AssigneeClaim,
): string {
  const id = claim === 'sub' ? user.id : user.username;
  const fault = userIdFault(id);
  if (fault) {
    const field = claim === 'sub' ? 'id' : 'username';
    throw new KeycloakFailure(`Keycloak answered ${what} with a user whose ${field} ${fault}`);
  }
  return id as string;
}

/** Whoever does not say so is not taken for enabled, nor for disabled. */
function isEnabled(user: { enabled?: unknown }, what: string): boolean {
  if (typeof user.enabled !== 'boolean') {
    throw new KeycloakFailure(`Keycloak answered ${what} with a user of whom it does not say "enabled"`);
  }
  return user.enabled;
}
