import type { JsonObject } from '@awe/engine/policy';
import type { RuleDocument } from '@awe/engine/policy-document';
import { validatePolicy } from '@awe/engine/policy-validation';
import { expect, test } from 'vitest';

const alice: RuleDocument = { rule_type: 'user', rule_value: { user_id: 'u-alice' } };

function faultsOf(list: 'rules' | 'escalation_rules', rule: RuleDocument) {
  const stages = [
    { name: 'Manager', stage_order: 1, rules: [alice] },
    { name: 'Director', stage_order: 2, [list]: [alice, rule] },
  ];
  const result = validatePolicy({
    policy_key: 'payments',
    name: 'Payments',
    artifact_type: 'payment',
    stages,
  });
  return result.ok ? [] : result.faults;
}

const BLANK_USER = 'must be a text that is not blank, such as "u-alice"';
const NO_URL = 'must be an absolute http or https URL, such as "https://approvers.example.org/resolve"';
const CREDENTIALS = 'must not hold credentials: they would be shown to everybody who reads the policy';
const GROUP_PATH = 'must be the path of a group, such as "/districts/D1"';

test.each<[string, JsonObject, string, string]>([
  ['user', {}, '.user_id', BLANK_USER],
  ['user', { user_id: ' ' }, '.user_id', BLANK_USER],
  ['user', { user_id: 7 }, '.user_id', BLANK_USER],
  [
    'user',
    { user_id: 'sla-monitor' },
    '.user_id',
    "is sla-monitor, the service's own name: no user has such an id",
  ],
  ['role', { role: '' }, '.role', 'must be a text that is not blank, such as "OFFICER"'],
  [
    'role',
    { role: 'OFFICER', client: '' },
    '.client',
    'must be the id of a Keycloak client; leave it out for a realm role',
  ],
  [
    'role',
    { role: 'OFFICER', client: 5 },
    '.client',
    'must be the id of a Keycloak client; leave it out for a realm role',
  ],
  ['group', {}, '.group', 'must be a text that is not blank, such as "/districts/D1"'],
  ['group', { group: '/' }, '.group', GROUP_PATH],
  ['group', { group: '/a//b' }, '.group', GROUP_PATH],
  ['group', { group: '/a/' }, '.group', GROUP_PATH],
  ['expression', {}, '.logic', 'is missing: give the JSONLogic that computes the user ids'],
  ['expression', { logic: { nope: 1 } }, '.logic.nope', '"nope" is not a JSONLogic operator'],
  ['http', {}, '.url', NO_URL],
  ['http', { url: 5 }, '.url', NO_URL],
  ['http', { url: '/resolve' }, '.url', NO_URL],
  ['http', { url: 'ftp://example.org' }, '.url', NO_URL],
  ['http', { url: 'https:example.org' }, '.url', NO_URL],
  ['http', { url: 'https://' }, '.url', NO_URL],
  ['http', { url: 'https://exa mple.org' }, '.url', NO_URL],
  ['http', { url: 'https://example.org\\@evil.org' }, '.url', NO_URL],
  ['http', { url: 'https://bob:hunter2@example.org' }, '.url', CREDENTIALS],
  ['http', { url: 'https://bob@example.org' }, '.url', CREDENTIALS],
  ['http', { url: 'https://:8080/' }, '.url', 'has no valid host'],
  ['http', { url: 'https://[::1/' }, '.url', 'has no valid host'],
  ['http', { url: 'https://example.org:0' }, '.url', 'has a port that is not between 1 and 65535'],
  ['http', { url: 'https://example.org:65536' }, '.url', 'has a port that is not between 1 and 65535'],
])('a %s rule with %j has a fault at %s', (rule_type, rule_value, place, message) => {
  for (const list of ['rules', 'escalation_rules'] as const) {
    expect(faultsOf(list, { rule_type, rule_value })).toEqual([
      { path: `stages[1].${list}[1].rule_value${place}`, message },
    ]);
  }
});

test.each<[string, JsonObject]>([
  ['user', { user_id: 'u-alice', note: { any: 'thing' } }],
  ['role', { role: 'OFFICER' }],
  ['role', { role: 'OFFICER', client: null }],
  ['role', { role: 'OFFICER', client: 'registry-staff-portal' }],
  ['group', { group: '/districts/D1' }],
  ['group', { group: 'districts' }],
  ['expression', { logic: { var: 'manager' } }],
  ['expression', { logic: null }],
  ['expression', { logic: ['u-alice', { var: 'manager' }] }],
  ['http', { url: 'https://example.org' }],
  ['http', { url: 'HTTP://example.org:8080/a@b?c=d#e' }],
  ['http', { url: 'http://[::1]:8080/' }],
  ['http', { url: 'http://10.0.0.1?x' }],
  ['http', { url: 'https://exämple.org/ü' }],
])('a %s rule takes %j', (rule_type, rule_value) => {
  expect(faultsOf('rules', { rule_type, rule_value })).toEqual([]);
});
