import Type, { type TObject, type TProperties } from 'typebox';
import { DirectoryClientOut, DirectoryGroupOut, DirectoryRoleOut, DirectoryUserOut } from './directory.ts';
import { operation, refusal } from './operation.ts';
import { cursor, linkHeader } from './paging.ts';

const failed = refusal('AWE-011', 503, 'Keycloak is not configured, or did not answer as it should.');

const search = (description: string) => Type.Optional(Type.String({ description }));

const limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 50,
    description: 'How many to answer at most, in Keycloak’s order.',
  }),
);

function page<Row extends TProperties>(path: string, row: TObject<Row>, what: string) {
  return {
    status: 200,
    schema: Type.Array(row),
    description: `One page of ${what}.`,
    headers: linkHeader(path),
  } as const;
}

export const DIRECTORY_OPERATIONS = {
  listKeycloakUsers: operation({
    operationId: 'list_keycloak_users_v1_awe_admin_keycloak_users_get',
    method: 'get',
    path: '/v1/awe/admin/keycloak/users',
    tag: 'directory',
    summary: 'Pick a person',
    description: 'The people of the realm who can sign in; disabled ones are left out.',
    access: 'viewer',
    query: Type.Object({
      search: search(
        'Only people whose username, first name, last name or e-mail address begins with this; `*text*` finds it anywhere.',
      ),
      limit,
      cursor,
    }),
    success: page('/v1/awe/admin/keycloak/users', DirectoryUserOut, 'people'),
    errors: [failed],
    examples: {
      response: [
        {
          user_id: '8f14e45f-ceea-467f-a0e6-1b2f3c4d5e6f',
          username: 'amina',
          name: 'Amina Officer',
          email: 'amina@example.org',
        },
      ],
    },
  }),
  listKeycloakClients: operation({
    operationId: 'list_keycloak_clients_v1_awe_admin_keycloak_clients_get',
    method: 'get',
    path: '/v1/awe/admin/keycloak/clients',
    tag: 'directory',
    summary: 'Pick a client',
    description: 'The clients of the realm, whose roles a role rule can name.',
    access: 'viewer',
    query: Type.Object({ search: search('Only clients with this in their client id.'), limit, cursor }),
    success: page('/v1/awe/admin/keycloak/clients', DirectoryClientOut, 'clients'),
    errors: [failed],
    examples: { response: [{ client: 'registry-staff-portal', name: 'Staff portal of the registry' }] },
  }),
  listKeycloakRoles: operation({
    operationId: 'list_keycloak_roles_v1_awe_admin_keycloak_roles_get',
    method: 'get',
    path: '/v1/awe/admin/keycloak/roles',
    tag: 'directory',
    summary: 'Pick a role',
    description: 'The roles of the realm, or of one client.',
    access: 'viewer',
    query: Type.Object({
      client: Type.Optional(
        Type.String({
          description: 'The client id whose roles to list instead of the realm’s. An unknown one has none.',
        }),
      ),
      search: search('Only roles with this in their name or description.'),
      limit,
      cursor,
    }),
    success: page('/v1/awe/admin/keycloak/roles', DirectoryRoleOut, 'roles'),
    errors: [failed],
    examples: {
      response: [{ role: 'OFFICER', client: null, description: 'Looks first at what a registry changes.' }],
    },
  }),
  listKeycloakGroups: operation({
    operationId: 'list_keycloak_groups_v1_awe_admin_keycloak_groups_get',
    method: 'get',
    path: '/v1/awe/admin/keycloak/groups',
    tag: 'directory',
    summary: 'Pick a group',
    description: 'The groups of the realm: those at the top, or with `search` those at any depth.',
    access: 'viewer',
    query: Type.Object({
      search: search('Only groups with this in their name, at any depth.'),
      limit,
      cursor,
    }),
    success: page('/v1/awe/admin/keycloak/groups', DirectoryGroupOut, 'groups'),
    errors: [failed],
    examples: { response: [{ group: '/districts/D1', name: 'D1' }] },
  }),
} as const;
