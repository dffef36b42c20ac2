import { realmAnswers } from '../../../server/test/directory/keycloak-answers.ts';
import type { Misbehaviour } from '../../../server/test/directory/keycloak-double.ts';
import {
  type GroupJson,
  RESOLVER,
  type RealmJson,
  sampleRealm,
  type UserJson,
} from '../../../server/test/directory/sample-realm.ts';
import type { Found, PeopleDirectory } from '../../src/policies/simulating/people.ts';

/** Has the double answer as a realm with these people would, each by the name that the fixture gives them as their id. */
export function answeringAs(directory: PeopleDirectory): Misbehaviour {
  const answers = realmAnswers(realmOf(directory));
  return (target) => {
    const url = new URL(target, 'http://double');
    const rest = /^\/admin\/realms\/[^/]+\/(.*?)\/?$/.exec(url.pathname)?.[1];
    if (rest === undefined) return null;
    const answer = answers(RESOLVER.id, rest.split('/').map(decodeURIComponent), url.searchParams);
    if (!Array.isArray(answer.body)) return answer;
    const named = answer.body.map((each) => ('username' in each ? { ...each, id: each.username } : each));
    return { ...answer, body: named };
  };
}

const BASE = sampleRealm();
const ACCOUNTS = BASE.users.filter(({ serviceAccountClientId }) => serviceAccountClientId !== undefined);

/** Our own realm with the people, roles and groups of the fixture in the place of its own. */
function realmOf({ roles = {}, client_roles = {}, groups = {} }: PeopleDirectory): RealmJson {
  const users = new Map<string, Person>();
  const eachOf = (found: Found, mark: (person: Person) => void) => {
    for (const username of 'fails' in found ? [] : found) {
      const none = { username, enabled: true, realmRoles: [], clientRoles: {}, groups: [] };
      const person = users.get(username) ?? none;
      users.set(username, person);
      mark(person);
    }
  };
  for (const [name, found] of Object.entries(roles)) eachOf(found, ({ realmRoles }) => realmRoles.push(name));
  for (const [path, found] of Object.entries(groups)) eachOf(found, (person) => person.groups.push(path));
  for (const [client, names] of Object.entries(client_roles)) {
    for (const [name, found] of Object.entries(names)) {
      eachOf(found, ({ clientRoles }) => {
        clientRoles[client] = [...(clientRoles[client] ?? []), name];
      });
    }
  }
  const named = (names: object) => Object.keys(names).map((name) => ({ name }));
  const clients = Object.keys(client_roles).map((clientId) => ({
    clientId,
    publicClient: false,
    serviceAccountsEnabled: false,
  }));
  const clientRoles = Object.entries(client_roles).map(([client, names]) => [client, named(names)]);
  return {
    ...BASE,
    roles: { realm: named(roles), client: { ...BASE.roles.client, ...Object.fromEntries(clientRoles) } },
    groups: Object.keys(groups).map((path) => groupAt(path.replace(/^\/+/, '').split('/'))),
    clients: [...BASE.clients, ...clients],
    users: [...ACCOUNTS, ...users.values()],
  };
}

type Person = UserJson & Required<Pick<UserJson, 'realmRoles' | 'clientRoles' | 'groups'>>;

function groupAt([name = '', ...below]: string[]): GroupJson {
  return below.length === 0 ? { name } : { name, subGroups: [groupAt(below)] };
}
