import { type Answer, type Lookup, lookupKey, type Needs, type People } from '@awe/engine/people';

/** Who a rule finds, or why it cannot be known. */
export type Found = readonly string[] | { fails: string };

type ByName = Readonly<Record<string, Found>>;

/** People as a fixture knows them, in the place of Keycloak, resolvers and delegations. */
export type PeopleDirectory = {
  roles?: ByName;
  client_roles?: Readonly<Record<string, ByName>>;
  groups?: ByName;
  /** By the URL of the resolver. */
  http?: ByName;
  /** Who stands in for whom at this moment. */
  delegations?: Readonly<Record<string, string>>;
};

/** `more` beside `base`; where both know a name, `more` is right. */
export function mergeDirectories(base: PeopleDirectory, more: PeopleDirectory): PeopleDirectory {
  const clients = new Set([...Object.keys(base.client_roles ?? {}), ...Object.keys(more.client_roles ?? {})]);
  return {
    roles: { ...base.roles, ...more.roles },
    client_roles: Object.fromEntries(
      [...clients].map((client) => [
        client,
        { ...base.client_roles?.[client], ...more.client_roles?.[client] },
      ]),
    ),
    groups: { ...base.groups, ...more.groups },
    http: { ...base.http, ...more.http },
    delegations: { ...base.delegations, ...more.delegations },
  };
}

/** Adds to what is known what the engine asked for. A name that the directory does not have is a failed lookup, as in Keycloak. */
export function findPeople(
  directory: PeopleDirectory,
  known: People,
  { lookups, delegatesOf }: Needs,
): People {
  const stands = directory.delegations ?? {};
  return {
    answers: new Map([
      ...known.answers,
      ...lookups.map((lookup) => [lookupKey(lookup), lookUp(directory, lookup)] as const),
    ]),
    // As the service answers it: the delegates of those found, and theirs.
    delegates: new Map([
      ...known.delegates,
      ...delegatesOf.map((user) => [user, own(stands, user) ?? null] as const),
    ]),
  };
}

function lookUp(directory: PeopleDirectory, { rule_type, rule_value }: Lookup): Answer {
  const { role, client, group, url } = rule_value;
  switch (rule_type) {
    case 'role':
      return typeof client === 'string'
        ? answer(own(directory.client_roles ?? {}, client), role, `the client role ${client}/${role}`)
        : answer(directory.roles, role, `the role ${role}`);
    case 'group':
      return answer(withSlashes(directory.groups), slashed(String(group)), `the group ${group}`);
    case 'http':
      return answer(directory.http, url, `an answer of ${url}`);
  }
}

function answer(names: ByName | undefined, name: unknown, what: string): Answer {
  const found = own(names ?? {}, String(name));
  if (found === undefined) {
    return {
      ok: false,
      reason: `the fixture's directory has not ${what}: add it, with an empty list for nobody`,
    };
  }
  return 'fails' in found ? { ok: false, reason: found.fails } : { ok: true, users: [...new Set(found)] };
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether a path starts with a slash makes no difference. */
function slashed(path: string): string {
  return `/${path.replace(/^\/+/, '')}`;
}

function withSlashes(groups: ByName = {}): ByName {
  return Object.fromEntries(Object.entries(groups).map(([path, found]) => [slashed(path), found]));
}
