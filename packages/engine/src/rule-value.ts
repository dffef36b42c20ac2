import { type Fault, inside } from './fault.ts';
import { logicFaults } from './jsonlogic/faults.ts';
import type { JsonObject, JsonValue, RuleType } from './policy.ts';
import { userIdFault } from './user-id.ts';

/** Scheme, authority and the rest of an absolute URL; blanks, control characters and backslashes are in none of them. */
const HTTP_URL = /^https?:\/\/(?<authority>[^/?#\\\s\p{Cc}]*)(?:[/?#][^\\\s\p{Cc}]*)?$/iu;
/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
const HOST_AND_PORT = /^(?:\[[0-9a-f:.]+\]|[^[\]:@%<>^|"]+)(?::(?<port>\d{1,5}))?$/i;
const MAX_PORT = 65_535;

function isBlank(value: JsonValue | undefined): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function nameFault(value: JsonObject, key: string, example: string, path: string): Fault[] {
  if (!isBlank(value[key])) return [];
  return [{ path: inside(path, key), message: `must be a text that is not blank, such as ${example}` }];
}

function userFaults(value: JsonObject, path: string): Fault[] {
  if (isBlank(value.user_id)) return nameFault(value, 'user_id', '"u-alice"', path);
  const fault = userIdFault(value.user_id);
  return fault === null
    ? []
    : [{ path: inside(path, 'user_id'), message: `${fault}: no user has such an id` }];
}

function roleFaults(value: JsonObject, path: string): Fault[] {
  const faults = nameFault(value, 'role', '"OFFICER"', path);
  if (value.client !== undefined && value.client !== null && isBlank(value.client)) {
    const message = 'must be the id of a Keycloak client; leave it out for a realm role';
    faults.push({ path: inside(path, 'client'), message });
  }
  return faults;
}

/** Keycloak's own paths have no empty steps; whether one starts with `/` makes no difference. */
function groupFaults(value: JsonObject, path: string): Fault[] {
  const group = value.group;
  if (typeof group !== 'string' || group.trim() === '')
    return nameFault(value, 'group', '"/districts/D1"', path);
  if (
    group
      .replace(/^\//, '')
      .split('/')
      .every((step) => step.trim() !== '')
  )
    return [];
  return [{ path: inside(path, 'group'), message: 'must be the path of a group, such as "/districts/D1"' }];
}

/** Never repeats the URL: what is wrong with it may be the password in it. */
function urlProblem(url: string): string | null {
  const authority = HTTP_URL.exec(url)?.groups?.authority;
  if (authority === undefined || authority === '') {
    return 'must be an absolute http or https URL, such as "https://approvers.example.org/resolve"';
  }
  if (authority.includes('@'))
    return 'must not hold credentials: they would be shown to everybody who reads the policy';
  const host = HOST_AND_PORT.exec(authority);
  if (!host) return 'has no valid host';
  const port = Number(host.groups?.port ?? 1);
  return port >= 1 && port <= MAX_PORT ? null : `has a port that is not between 1 and ${MAX_PORT}`;
}

function urlFaults(value: JsonObject, path: string): Fault[] {
  const problem = urlProblem(typeof value.url === 'string' ? value.url : '');
  return problem === null ? [] : [{ path: inside(path, 'url'), message: problem }];
}

function expressionFaults(value: JsonObject, path: string): Fault[] {
  const place = inside(path, 'logic');
  if (value.logic !== undefined) return logicFaults(value.logic, place);
  return [{ path: place, message: 'is missing: give the JSONLogic that computes the user ids' }];
}

/**
 * What is wrong with a `rule_value` for its `rule_type`. Keys that the type does not know are tolerated, so that
 * callers may keep notes of their own there.
 */
export function ruleValueFaults(type: RuleType, value: JsonObject, path: string): Fault[] {
  switch (type) {
    case 'user':
      return userFaults(value, path);
    case 'role':
      return roleFaults(value, path);
    case 'group':
      return groupFaults(value, path);
    case 'expression':
      return expressionFaults(value, path);
    case 'http':
      return urlFaults(value, path);
  }
}
