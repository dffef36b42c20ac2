import type {
  DirectoryClientOut,
  DirectoryGroupOut,
  DirectoryRoleOut,
  DirectoryUserOut,
} from '@awe/contract/directory';
import { AweError } from '../../awe-error.ts';
import type { Filters, Page } from '../../ledger/cursor.ts';
import { KeycloakFailure, notThere } from './failure.ts';
import { type AssigneeClaim, userIdOf } from './members.ts';
import { readOffset, writeOffset } from './offset-cursor.ts';
import type { Reading, Realm } from './realm.ts';
import { clientUuid } from './sources.ts';

/** Null lifts a filter. */
export type Picking = { search: string | null; limit: number; cursor: string | null };

/** What a policy can name, for those who write one. Throw `AweError` `directory_failed`, and `InvalidCursor`. */
export type Pickers = {
  users: (picking: Picking) => Promise<Page<DirectoryUserOut>>;
  clients: (picking: Picking) => Promise<Page<DirectoryClientOut>>;
  /** Of the realm, or of a client; an unknown client has none. */
  roles: (picking: Picking & { client: string | null }) => Promise<Page<DirectoryRoleOut>>;
  groups: (picking: Picking) => Promise<Page<DirectoryGroupOut>>;
};

type Window = { first: number; max: number };

export function createPickers(realm: Realm, claim: AssigneeClaim): Pickers {
  return {
    users: ({ search, ...page }) =>
      pageOf(
        realm,
        page,
        { of: 'users', search },
        {
          what: 'the users',
          read: (window) => (admin) =>
            admin.users.find({ ...given({ search }), enabled: true, briefRepresentation: true, ...window }),
          row: (user) => userRow(user, claim),
        },
      ),
    clients: ({ search, ...page }) =>
      pageOf(
        realm,
        page,
        { of: 'clients', search },
        {
          what: 'the clients',
          read: (window) => (admin) =>
            admin.clients.find({ ...(search === null ? {} : { clientId: search, search: true }), ...window }),
          row: (client) => ({ client: textOf(client, 'clientId'), name: shownText(client, 'name') }),
        },
      ),
    roles: async ({ search, client, ...page }) => {
      const id = client === null ? null : await answered(clientUuid(realm, client));
      if (client !== null && id === null) return { rows: [], next: null };
      return pageOf(
        realm,
        page,
        { of: 'roles', search, client },
        {
          what: client === null ? 'the roles' : `the roles of client ${client}`,
          read: (window) => (admin) =>
            id === null
              ? admin.roles.find({ ...given({ search }), ...window })
              : admin.clients.listRoles({ id, ...given({ search }), ...window }),
          row: (role) => ({
            role: textOf(role, 'name'),
            client,
            description: shownText(role, 'description'),
          }),
        },
      );
    },
    groups: ({ search, ...page }) =>
      pageOf(
        realm,
        page,
        { of: 'groups', search },
        {
          what: 'the groups',
          read: (window) => (admin) =>
            admin.groups.find({
              ...given({ search }),
              populateHierarchy: false,
              briefRepresentation: true,
              ...window,
            }),
          row: (group) => ({ group: textOf(group, 'path'), name: textOf(group, 'name') }),
        },
      ),
  };
}

/** Pickers of a deployment that has no directory: each says so. */
export function noPickers(reason: string): Pickers {
  const refuse = async () => {
    throw new AweError('directory_failed', reason);
  };
  return { users: refuse, clients: refuse, roles: refuse, groups: refuse };
}

type Listing<Row> = { what: string; read: (window: Window) => Reading; row: (thing: object) => Row };

async function pageOf<Row>(
  realm: Realm,
  { limit, cursor }: { limit: number; cursor: string | null },
  filters: Filters,
  { what, read, row }: Listing<Row>,
): Promise<Page<Row>> {
  const first = readOffset(cursor, filters);
  return answered(
    (async () => {
      // One too many tells that there is a next page.
      const things = await realm.list(what, read({ first, max: limit + 1 }));
      if (things === null) throw notThere(what);
      const next = things.length > limit ? writeOffset(first + limit, filters) : null;
      return { rows: things.slice(0, limit).map(row), next };
    })(),
  );
}

async function answered<Result>(asking: Promise<Result>): Promise<Result> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof KeycloakFailure ? new AweError('directory_failed', error.message) : error;
  }
}

function userRow(user: object, claim: AssigneeClaim): DirectoryUserOut {
  const name = ['firstName', 'lastName'].flatMap((part) => shownText(user, part) ?? []).join(' ');
  return {
    user_id: userIdOf(user, 'the users', claim),
    username: textOf(user, 'username'),
    name: name || null,
    email: shownText(user, 'email'),
  };
}

/** The library keeps an option that is null as the word `null`. */
function given({ search }: { search: string | null }): { search?: string } {
  return search === null ? {} : { search };
}

function textOf(thing: object, field: string): string {
  const value = (thing as Record<string, unknown>)[field];
  if (typeof value === 'string') return value;
  throw new KeycloakFailure(`Keycloak answered with an entry that has no ${field}`);
}

/** Keycloak's own clients and roles have placeholders such as `${client_account}` for its console to translate. */
function shownText(thing: object, field: string): string | null {
  const value = (thing as Record<string, unknown>)[field];
  return typeof value === 'string' && value !== '' && !/^\$\{.*\}$/.test(value) ? value : null;
}
