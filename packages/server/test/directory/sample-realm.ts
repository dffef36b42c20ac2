import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type RoleJson = { name: string; description?: string; composites?: { realm?: string[] } };
export type GroupJson = { name: string; subGroups?: GroupJson[]; realmRoles?: string[] };
export type UserJson = {
  username: string;
  enabled: boolean;
  email?: string;
  firstName?: string;
  lastName?: string;
  serviceAccountClientId?: string;
  realmRoles?: string[];
  clientRoles?: Record<string, string[]>;
  groups?: string[];
};
export type ClientJson = {
  clientId: string;
  name?: string;
  secret?: string;
  publicClient: boolean;
  serviceAccountsEnabled: boolean;
  protocolMappers?: object[];
};

/** As much of a realm export as tests look at; the rest goes along. */
export type RealmJson = {
  realm: string;
  bruteForceProtected: boolean;
  roles: { realm: RoleJson[]; client: Record<string, RoleJson[]> };
  groups: GroupJson[];
  clients: ClientJson[];
  users: UserJson[];
};

const FILE = join(import.meta.dirname, '../../../../deploy/keycloak/awe-realm.json');

/** Secrets of the realm file's two service accounts, and of the one below. */
export const RESOLVER = { id: 'awe-admin-resolver', secret: 'sample-resolver-secret' };
export const CALLER = { id: 'registry-service', secret: 'sample-registry-secret' };
export const WEAK = { id: 'weak-resolver', secret: 'sample-weak-secret' };
/** Lets tests sign people in by their passwords. */
export const LOGIN_CLIENT = 'test-login';
export const PASSWORD = 'sample-password';

/** Some of them disabled; the others, in Keycloak's order, are {@link ENABLED_CROWD}. */
const CROWD: UserJson[] = Array.from({ length: 312 }, (_, index) => ({
  username: `person-${String(index).padStart(3, '0')}`,
  enabled: index % 26 !== 0,
  realmRoles: ['CROWD'],
  groups: ['/crowd'],
}));
export const ENABLED_CROWD = CROWD.filter(({ enabled }) => enabled).map(({ username }) => username);

/** A role whose name means something else in every part of a URL. */
export const AWKWARD_ROLE = 'land/title 100%?&# ü';

/** The realm that we ship, and people and names beside it that are hard on whoever looks them up. */
export function sampleRealm(): RealmJson {
  const realm: RealmJson = JSON.parse(readFileSync(FILE, 'utf8'));
  // It takes two sign-ins of one person at the same moment for an attack, and refuses one of them.
  realm.bruteForceProtected = false;
  realm.roles.realm.push(
    { name: 'CROWD' },
    { name: 'NOBODY' },
    { name: 'ROBOT' },
    { name: AWKWARD_ROLE },
    { name: 'BOSS', composites: { realm: ['OFFICER'] } },
    { name: 'BY_GROUP' },
  );
  realm.groups.push(
    { name: 'crowd', realmRoles: ['BY_GROUP'] },
    { name: 'x/y', subGroups: [{ name: 'k/l' }] },
  );
  realm.clients.push(
    { clientId: WEAK.id, secret: WEAK.secret, publicClient: false, serviceAccountsEnabled: true },
    {
      clientId: LOGIN_CLIENT,
      publicClient: true,
      serviceAccountsEnabled: false,
      ...{ directAccessGrantsEnabled: true, standardFlowEnabled: false },
      protocolMappers: realm.clients.find(({ clientId }) => clientId === CALLER.id)?.protocolMappers ?? [],
    },
  );
  for (const user of realm.users) {
    if (user.serviceAccountClientId === CALLER.id) user.realmRoles = ['ROBOT'];
  }
  realm.users.push(
    { username: 'boris', enabled: true, realmRoles: ['BOSS'] },
    { username: 'lana', enabled: true, realmRoles: [AWKWARD_ROLE], groups: ['/x/y/k/l'] },
    ...CROWD,
  );
  return realm;
}
