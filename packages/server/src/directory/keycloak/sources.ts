import type { Answer } from '@awe/engine/people';
import type { Source } from '../directory.ts';
import { KeycloakFailure, notThere } from './failure.ts';
import { type AssigneeClaim, membersOf } from './members.ts';
import type { Realm } from './realm.ts';

/**
 * Who has a role and who is in a group, as Keycloak lists it: those to whom the role is given directly, and the group's
 * own members. Reject with `KeycloakFailure`.
 */
export function keycloakSources(realm: Realm, claim: AssigneeClaim): { role: Source; group: Source } {
  return {
    role: async ({ role, client }) => {
      if (typeof role !== 'string') return fault('the role rule has no role: write {"role": "OFFICER"}');
      if (client === undefined || client === null) return realmRole(role);
      return typeof client === 'string'
        ? clientRole(client, role)
        : fault('the client of the role rule is not a text: write {"role": "OFFICER", "client": "portal"}');
    },
    group: async ({ group }) =>
      typeof group === 'string'
        ? groupMembers(group)
        : fault('the group rule has no group: write {"group": "/a/b"}'),
  };

  async function realmRole(role: string): Promise<Answer> {
    const missing = `the realm has no role ${role}`;
    if (!isAddressable(role)) return fault(missing);
    const users = await membersOf(
      realm,
      `the users with role ${role}`,
      claim,
      (page) => (admin) => admin.roles.findUsersWithRole({ name: role, ...page }),
    );
    return found(users, missing);
  }

  async function clientRole(client: string, role: string): Promise<Answer> {
    const missing = `the client ${client} has no role ${role}`;
    const id = await clientUuid(realm, client);
    if (id === null) return fault(`the realm has no client ${client}`);
    if (!isAddressable(role)) return fault(missing);
    const users = await membersOf(
      realm,
      `the users with role ${role} of client ${client}`,
      claim,
      (page) => (admin) => admin.clients.findUsersWithRole({ id, roleName: role, ...page }),
    );
    return found(users, missing);
  }

  async function groupMembers(group: string): Promise<Answer> {
    const missing = `the realm has no group ${group}`;
    // With its slash, the path cannot be a `..` that would lead to another part of the API.
    const path = `/${group.replace(/^\/+/, '')}`;
    const what = `the group ${group}`;
    const representation = await realm.one(what, (admin, name) =>
      admin.realms.getGroupByPath({ path, realm: name }),
    );
    if (representation === null) return fault(missing);
    const id = idOf(representation, what);
    const users = await membersOf(
      realm,
      `the members of group ${group}`,
      claim,
      (page) => (admin) => admin.groups.listMembers({ id, ...page }),
    );
    return found(users, missing);
  }
}

/** Keycloak's own id of a client, by the one that people know; null when there is none. */
export async function clientUuid(realm: Realm, clientId: string): Promise<string | null> {
  const what = `the client ${clientId}`;
  const clients = await realm.list(what, (admin) => admin.clients.find({ clientId }));
  if (clients === null) throw notThere(what);
  const client = clients.find((each) => 'clientId' in each && each.clientId === clientId);
  return client ? idOf(client, what) : null;
}

/** In a path these two mean another place, and no escaping helps: asking for role `..` would name every user. */
export function isAddressable(role: string): boolean {
  return role !== '.' && role !== '..' && role !== '';
}

function idOf(thing: { id?: unknown }, what: string): string {
  if (typeof thing.id === 'string' && /^[\w-]+$/.test(thing.id)) return thing.id;
  throw new KeycloakFailure(`Keycloak answered ${what} without a usable id`);
}

function found(users: string[] | null, missing: string): Answer {
  return users === null ? fault(missing) : { ok: true, users };
}

function fault(reason: string): Answer {
  return { ok: false, reason };
}
