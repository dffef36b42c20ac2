import { randomUUID } from 'node:crypto';
import type { GroupJson, RealmJson, RoleJson, UserJson } from './sample-realm.ts';

export type Listed = Record<string, unknown>[];
export type Answer = { status: number; headers?: Record<string, string>; body: unknown };

type Client = { id: string; clientId: string; name?: string | undefined; roles: RoleJson[] };
type Group = { id: string; name: string; path: string; isTop: boolean };
type User = UserJson & { id: string };

const BUILT_IN_ROLES: RoleJson[] = [
  { name: 'default-roles-awe', description: `\${role_default-roles}` },
  { name: 'offline_access', description: `\${role_offline-access}` },
  { name: 'uma_authorization', description: `\${role_uma_authorization}` },
];
const BUILT_IN_CLIENTS = ['account', 'admin-cli', 'broker', 'realm-management'];

/** What the admin API of a realm answers to a client's token, by path segments and query. */
export function realmAnswers(realm: RealmJson) {
  const users: User[] = byName(
    realm.users.map((user) => ({ ...user, id: randomUUID() })),
    'username',
  );
  const realmRoles = byName([...realm.roles.realm, ...BUILT_IN_ROLES], 'name');
  const clients: Client[] = byName(
    [
      ...realm.clients,
      ...BUILT_IN_CLIENTS.map((clientId) => ({ clientId, name: `\${client_${clientId}}` })),
    ].map(({ clientId, name }) => ({
      id: randomUUID(),
      clientId,
      name,
      roles: realm.roles.client[clientId] ?? [],
    })),
    'clientId',
  );
  const groups = byName(flat(realm.groups, ''), 'name');

  return (caller: string, path: string[], query: URLSearchParams): Answer => {
    const may = permissionsOf(users, caller);
    const [kind, id = '', part, name = '', last] = path;
    const needs = (...permissions: string[]) => permissions.every((each) => !may.has(each));
    if (kind === 'users' && path.length === 1) {
      if (needs('view-users')) return fault(403, 'HTTP 403 Forbidden');
      return paged(users.filter(isPerson).filter(matching(query)).map(userOut), query);
    }
    if (kind === 'roles') {
      if (needs('view-realm')) return fault(403, 'HTTP 403 Forbidden');
      if (path.length === 1) return paged(rolesOf(realmRoles, query), query);
      if (path.length === 3 && part === 'users')
        return holders(realmRoles, id, query, ({ realmRoles: held = [] }) => held.includes(id));
    }
    if (kind === 'clients') {
      if (needs('view-clients')) return fault(403, 'HTTP 403 Forbidden');
      if (path.length === 1) return paged(clients.filter(clientMatching(query)).map(clientOut), query);
      const client = clients.find((each) => each.id === id);
      if (!client) return fault(404, 'Could not find client');
      if (part === 'roles' && path.length === 3) return paged(rolesOf(client.roles, query), query);
      if (part === 'roles' && last === 'users')
        return holders(client.roles, name, query, ({ clientRoles = {} }) =>
          Boolean(clientRoles[client.clientId]?.includes(name)),
        );
    }
    if (kind === 'group-by-path' || kind === 'groups') {
      if (needs('view-users', 'query-groups')) return fault(403, 'HTTP 403 Forbidden');
      if (kind === 'groups' && path.length === 1) return paged(groupsOf(query), query);
      const wanted = `/${path.slice(1).join('/')}`.replace(/^\/+/, '/');
      const group = groups.find((each) => (kind === 'groups' ? each.id === id : each.path === wanted));
      if (!group)
        return fault(404, kind === 'groups' ? 'Could not find group by id' : 'Group path does not exist');
      if (kind === 'group-by-path') return { status: 200, body: groupOut(group) };
      if (part === 'members')
        return paged(users.filter((user) => user.groups?.includes(group.path)).map(userOut), query);
    }
    return fault(404, 'HTTP 404 Not Found');
  };

  /** Those who hold a role directly: neither by a composite nor by a group. */
  function holders(
    roles: RoleJson[],
    role: string,
    query: URLSearchParams,
    holds: (user: User) => boolean,
  ): Answer {
    if (!roles.some(({ name }) => name === role)) return fault(404, 'Could not find role');
    return paged(users.filter(holds).map(userOut), query);
  }

  /** Without a search those at the top. Found ones are shown inside their top groups, unless that is declined. */
  function groupsOf(query: URLSearchParams): Listed {
    const search = query.get('search') ?? '';
    const found = groups.filter((each) => (search ? contains(each.name, search) : each.isTop));
    const declined = query.get('populateHierarchy') === 'false';
    const isAbove = (top: Group) =>
      top.isTop && found.some(({ path }) => `${path}/`.startsWith(`${top.path}/`));
    return (declined ? found : groups.filter(isAbove)).map(groupOut);
  }
}

export function fault(status: number, error: string, description?: string): Answer {
  return { status, body: description ? { error, error_description: description } : { error } };
}

/** The page that was asked for; Keycloak's own bound is 100. */
function paged(rows: Listed, query: URLSearchParams): Answer {
  const first = Number(query.get('first') ?? 0);
  return { status: 200, body: rows.slice(first, first + Number(query.get('max') ?? 100)) };
}

function permissionsOf(users: User[], client: string): Set<string> {
  const account = users.find((user) => user.serviceAccountClientId === client);
  return new Set(account?.clientRoles?.['realm-management'] ?? []);
}

function isPerson(user: User): boolean {
  return user.serviceAccountClientId === undefined;
}

function matching(query: URLSearchParams): (user: User) => boolean {
  const search = query.get('search') ?? '';
  const infix = /^\*(.*)\*$/.exec(search)?.[1];
  const enabled = query.get('enabled');
  return (user) =>
    (enabled === null || String(user.enabled) === enabled) &&
    [user.username, user.firstName, user.lastName, user.email].some((field = '') =>
      infix === undefined ? field.toLowerCase().startsWith(search.toLowerCase()) : contains(field, infix),
    );
}

function clientMatching(query: URLSearchParams): (client: Client) => boolean {
  const wanted = query.get('clientId');
  return ({ clientId }) =>
    wanted === null || (query.get('search') === 'true' ? contains(clientId, wanted) : clientId === wanted);
}

function rolesOf(roles: RoleJson[], query: URLSearchParams): Listed {
  const search = query.get('search') ?? '';
  return roles
    .filter(({ name, description = '' }) => contains(name, search) || contains(description, search))
    .map(({ name, description }) => ({ id: randomUUID(), name, description }));
}

function userOut({ id, username, enabled, firstName, lastName, email }: User) {
  return { id, username, enabled, firstName, lastName, email, emailVerified: true };
}

function clientOut({ id, clientId, name }: Client) {
  return { id, clientId, name, enabled: true };
}

function groupOut({ id, name, path }: Group) {
  return { id, name, path, subGroups: [] };
}

function flat(groups: GroupJson[], above: string): Group[] {
  return groups.flatMap(({ name, subGroups = [] }) => {
    const path = `${above}/${name}`;
    return [{ id: randomUUID(), name, path, isTop: above === '' }, ...flat(subGroups, path)];
  });
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function byName<Key extends string, Row extends Record<Key, string>>(rows: Row[], key: Key): Row[] {
  return [...rows].sort((a, b) => (a[key] < b[key] ? -1 : 1));
}
