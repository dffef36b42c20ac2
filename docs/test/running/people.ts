import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startKeycloakDouble } from '../../../packages/server/test/directory/keycloak-double.ts';
import {
  type GroupJson,
  RESOLVER,
  type RealmJson,
  sampleRealm,
} from '../../../packages/server/test/directory/sample-realm.ts';
import { ROOT } from '../../../packages/server/test/safety/source-files.ts';

/** Somebody to look people up at, for the service of a page. */
export type People = { env: Record<string, string>; close: () => Promise<void> };

type Names = Record<string, string[]>;
type Fixture = { directory?: { roles?: Names; groups?: Names; client_roles?: Record<string, Names> } };

/**
 * A Keycloak whose people are those of the fixtures (`*.simulate.yaml`) in a folder. They are known by their names, so that
 * a page can say who decides.
 */
export async function openPeople(folder: string): Promise<People> {
  const double = await startKeycloakDouble(realmOf(fixturesIn(folder)));
  double.misbehaviour = (_path, { body, ...answer }) => ({
    ...answer,
    body: Array.isArray(body)
      ? body.map((row) => ('username' in row ? { ...row, id: row.username } : row))
      : body,
  });
  return {
    env: {
      AWE__KEYCLOAK__BASE_URL: double.url,
      AWE__KEYCLOAK__REALM: 'awe',
      AWE__KEYCLOAK__ADMIN_CLIENT_ID: RESOLVER.id,
      AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: RESOLVER.secret,
    },
    close: () => double.stop(),
  };
}

function fixturesIn(folder: string): Fixture[] {
  return globSync('*.simulate.yaml', { cwd: join(ROOT, folder) }).map((file) =>
    parse(readFileSync(join(ROOT, folder, file), 'utf8')),
  );
}

function realmOf(fixtures: readonly Fixture[]): RealmJson {
  const realm = sampleRealm();
  realm.users = realm.users.filter((user) => user.serviceAccountClientId !== undefined);
  const add = (username: string, change: Partial<RealmJson['users'][number]>) =>
    realm.users.push({ username, enabled: true, ...change });
  for (const { directory = {} } of fixtures) {
    for (const [name, people] of Object.entries(directory.roles ?? {})) {
      if (!realm.roles.realm.some((role) => role.name === name)) realm.roles.realm.push({ name });
      for (const person of people) add(person, { realmRoles: [name] });
    }
    for (const [path, people] of Object.entries(directory.groups ?? {})) {
      addGroup(realm.groups, path.split('/').slice(1));
      for (const person of people) add(person, { groups: [path] });
    }
    for (const [clientId, roles] of Object.entries(directory.client_roles ?? {})) {
      realm.clients.push({ clientId, publicClient: false, serviceAccountsEnabled: false });
      realm.roles.client[clientId] = Object.keys(roles).map((name) => ({ name }));
      for (const [name, people] of Object.entries(roles))
        for (const person of people) add(person, { clientRoles: { [clientId]: [name] } });
    }
  }
  return realm;
}

function addGroup(groups: GroupJson[], [name, ...rest]: string[]): void {
  if (name === undefined) return;
  let group = groups.find((each) => each.name === name);
  if (group === undefined) {
    group = { name };
    groups.push(group);
  }
  group.subGroups ??= [];
  addGroup(group.subGroups, rest);
}
