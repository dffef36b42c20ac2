import type { PolicyDocument, RuleDocument, StageDocument } from '@awe/engine/policy-document';
import { MAX_RULES_PER_STAGE, MAX_STAGES, validatePolicy } from '@awe/engine/policy-validation';
import { describe, expect, test } from 'vitest';

const alice: RuleDocument = { rule_type: 'user', rule_value: { user_id: 'u-alice' } };

function stage(changes: Partial<StageDocument> = {}): StageDocument {
  return { name: 'Manager', stage_order: 1, rules: [alice], ...changes };
}

function policy(changes: Partial<PolicyDocument> = {}): PolicyDocument {
  return {
    policy_key: 'payments',
    name: 'Payments',
    artifact_type: 'payment',
    stages: [stage()],
    ...changes,
  };
}

function faultsOf(document: PolicyDocument) {
  const result = validatePolicy(document);
  return result.ok ? [] : result.faults;
}

describe('a valid policy', () => {
  test('gets its defaults filled in and its stages sorted', () => {
    const document = policy({
      stages: [stage({ name: 'Director', stage_order: 20 }), stage({ stage_order: 10 })],
    });
    const filled = {
      mode: 'all',
      mode_value: null,
      sla_hours: null,
      skip_if: null,
      on_empty: 'block',
      parallel_group: null,
      on_breach: null,
      on_reject: 'veto',
      rules: [{ rule_type: 'user', rule_value: { user_id: 'u-alice' }, kind: 'approver', required: false }],
      escalation_rules: [],
    };
    expect(validatePolicy(document)).toEqual({
      ok: true,
      stages: [
        { ...filled, name: 'Manager', stage_order: 10 },
        { ...filled, name: 'Director', stage_order: 20 },
      ],
    });
  });

  test.each<[string, PolicyDocument]>([
    ['no stages', policy({ stages: [] })],
    ['stages left out', { policy_key: 'k', name: 'n', artifact_type: 'a' }],
    ['a key of 128 characters, counted as people do', policy({ policy_key: '😀'.repeat(128) })],
    ['a key with blanks and punctuation inside', policy({ policy_key: 'a b.c:d' })],
    ['quorum without a value', policy({ stages: [stage({ mode: 'quorum' })] })],
    ['a percentage of 1', policy({ stages: [stage({ mode: 'percentage', mode_value: 1 })] })],
    ['a percentage of 100', policy({ stages: [stage({ mode: 'percentage', mode_value: 100 })] })],
    ['any-n of more than 100', policy({ stages: [stage({ mode: 'any-n', mode_value: 101 })] })],
    ['a mode_value that mode all ignores', policy({ stages: [stage({ mode: 'all', mode_value: 200 })] })],
    [
      'on_reject count in a counting mode',
      policy({ stages: [stage({ mode: 'any-n', on_reject: 'count' })] }),
    ],
    ['notify without an SLA', policy({ stages: [stage({ on_breach: 'notify' })] })],
    [
      'the largest numbers',
      policy({
        stages: [stage({ stage_order: 2_147_483_647, mode_value: 2_147_483_647, sla_hours: 61_362_000 })],
      }),
    ],
    [
      'parallel groups below zero',
      policy({
        stages: [
          stage({ parallel_group: -2_147_483_648 }),
          stage({ stage_order: 5, parallel_group: -2_147_483_648 }),
          stage({ stage_order: 6, parallel_group: 0 }),
          stage({ stage_order: 7 }),
        ],
      }),
    ],
    [
      'an escalation',
      policy({
        stages: [stage({ on_breach: 'escalate', sla_hours: 1, escalation_rules: [alice] })],
      }),
    ],
    [
      'a required approver and an observer',
      policy({
        stages: [
          stage({
            rules: [
              { ...alice, required: true },
              { ...alice, kind: 'observer' },
            ],
          }),
        ],
      }),
    ],
    [
      'as many stages and rules as there may be',
      policy({
        stages: Array.from({ length: MAX_STAGES }, (_, i) =>
          stage({
            stage_order: i + 1,
            rules: Array.from({ length: i === 0 ? MAX_RULES_PER_STAGE : 0 }, () => alice),
          }),
        ),
      }),
    ],
  ])('%s', (_, document) => {
    expect(faultsOf(document)).toEqual([]);
  });
});

const NOT_BLANK = 'must not be blank';
const long = 'k'.repeat(129);

test.each<[string, PolicyDocument, string, string]>([
  ['empty key', policy({ policy_key: '' }), 'policy_key', 'must have 1 to 128 characters, has 0'],
  ['long key', policy({ policy_key: long }), 'policy_key', 'must have 1 to 128 characters, has 129'],
  [
    'slash in the key',
    policy({ policy_key: 'a/b' }),
    'policy_key',
    'must not contain "/": it is one step of a URL',
  ],
  ['key ..', policy({ policy_key: '..' }), 'policy_key', 'must not be "." or "..": a URL cannot end in that'],
  ['tab in the key', policy({ policy_key: 'a\tb' }), 'policy_key', 'must not contain control characters'],
  ['blank before the key', policy({ policy_key: ' a' }), 'policy_key', 'must not start or end with a blank'],
  [
    'blank after the key',
    policy({ policy_key: 'a\u00a0' }),
    'policy_key',
    'must not start or end with a blank',
  ],
  ['blank name', policy({ name: ' ' }), 'name', NOT_BLANK],
  ['blank artifact type', policy({ artifact_type: '' }), 'artifact_type', NOT_BLANK],
  [
    'too many stages',
    policy({ stages: Array.from({ length: 201 }, (_, i) => stage({ stage_order: i + 1 })) }),
    'stages',
    'must be at most 200, are 201',
  ],
])('policy fault: %s', (_, document, path, message) => {
  expect(faultsOf(document)).toEqual([{ path, message }]);
});

const INT4 = 'must be a whole number from 1 to 2147483647';

test.each<[Partial<StageDocument>, string, string]>([
  [{ name: ' ' }, 'name', NOT_BLANK],
  [{ stage_order: 2_147_483_648 }, 'stage_order', INT4],
  [{ stage_order: 0 }, 'stage_order', INT4],
  [{ mode: 'most' }, 'mode', '"most" is none of all, any-n, quorum, percentage'],
  [
    { mode: 'most', on_reject: 'count', mode_value: 101 },
    'mode',
    '"most" is none of all, any-n, quorum, percentage',
  ],
  [{ mode: 'any-n', mode_value: 1e300 }, 'mode_value', INT4],
  [{ mode: 'percentage', mode_value: 101 }, 'mode_value', 'is a percentage: must be from 1 to 100'],
  [{ sla_hours: 61_362_001 }, 'sla_hours', 'must be a whole number from 1 to 61362000'],
  [
    { parallel_group: 2_147_483_648 },
    'parallel_group',
    'must be a whole number from -2147483648 to 2147483647',
  ],
  [
    { parallel_group: -2_147_483_649 },
    'parallel_group',
    'must be a whole number from -2147483648 to 2147483647',
  ],
  [{ on_empty: 'ignore' }, 'on_empty', '"ignore" is none of block, skip'],
  [{ on_breach: 'panic' }, 'on_breach', '"panic" is none of notify, auto_approve, auto_reject, escalate'],
  [
    { on_breach: 'constructor' },
    'on_breach',
    '"constructor" is none of notify, auto_approve, auto_reject, escalate',
  ],
  [{ on_reject: 'maybe' }, 'on_reject', '"maybe" is none of veto, count'],
  [
    { on_reject: 'count' },
    'on_reject',
    '"count" cannot go with mode "all", where every vote is needed: use any-n, or veto',
  ],
  [
    { on_breach: 'auto_approve' },
    'sla_hours',
    'is missing: on_breach "auto_approve" needs to know when the time is up',
  ],
  [
    { on_breach: 'auto_reject' },
    'sla_hours',
    'is missing: on_breach "auto_reject" needs to know when the time is up',
  ],
  [
    { on_breach: 'escalate', escalation_rules: [alice] },
    'sla_hours',
    'is missing: on_breach "escalate" needs to know when the time is up',
  ],
  [
    { on_breach: 'escalate', sla_hours: 1 },
    'escalation_rules',
    'are missing: on_breach "escalate" needs somebody to escalate to',
  ],
  [{ skip_if: {} }, 'skip_if', 'an empty object is no operation: give it one operator'],
  [{ skip_if: { and: [true, { nope: 1 }] } }, 'skip_if.and[1].nope', '"nope" is not a JSONLogic operator'],
  [{ rules: Array.from({ length: 201 }, () => alice) }, 'rules', 'must have at most 200 rules, has 201'],
  [
    { escalation_rules: Array.from({ length: 201 }, () => alice) },
    'escalation_rules',
    'must have at most 200 rules, has 201',
  ],
])('stage fault: %j at %s', (changes, place, message) => {
  const shown = faultsOf(policy({ stages: [stage({ ...changes })] }));
  expect(shown).toEqual([{ path: `stages[0].${place}`, message }]);
});

describe('stages beside each other', () => {
  test('two stages of the same order: the second is named, in the words of the document', () => {
    expect(
      faultsOf(policy({ stages: [stage({ stage_order: 2 }), stage(), stage({ stage_order: 2 })] })),
    ).toEqual([
      { path: 'stages[2].stage_order', message: '2 is also the order of stages[0]: give each stage its own' },
    ]);
  });

  test('stages of a parallel group have no others between them', () => {
    const stages = [
      stage({ stage_order: 30, parallel_group: 7 }),
      stage({ stage_order: 10, parallel_group: 7 }),
      stage({ stage_order: 20 }),
      stage({ stage_order: 31, parallel_group: 7 }),
      stage({ stage_order: 40, parallel_group: 8 }),
      stage({ stage_order: 50, parallel_group: 7 }),
    ];
    const message = 'has the same group, but other stages run between: make them neighbours';
    expect(faultsOf(policy({ stages }))).toEqual([
      { path: 'stages[0].parallel_group', message: `stages[1] ${message}` },
      { path: 'stages[5].parallel_group', message: `stages[3] ${message}` },
    ]);
  });
});

test.each<[Partial<RuleDocument>, string, string]>([
  [{ rule_type: 'manager' }, 'rule_type', '"manager" is none of user, role, group, expression, http'],
  [{ kind: 'voter' }, 'kind', '"voter" is none of approver, observer'],
  [
    { kind: 'observer', required: true },
    'required',
    'an observer decides nothing and cannot be required: make it an approver, or not required',
  ],
])('rule fault: %j', (changes, place, message) => {
  expect(faultsOf(policy({ stages: [stage({ rules: [{ ...alice, ...changes }] })] }))).toEqual([
    { path: `stages[0].rules[0].${place}`, message },
  ]);
});

test('a fault cuts what it quotes', () => {
  const [fault] = faultsOf(policy({ stages: [stage({ mode: 'm'.repeat(100_000) })] }));
  expect(fault?.message).toBe(`"${'m'.repeat(60)}…" is none of all, any-n, quorum, percentage`);
});

test('everything that is wrong is said at once', () => {
  const broken: StageDocument = {
    name: '',
    stage_order: 1,
    mode: 'all',
    on_reject: 'count',
    on_empty: 'x',
    on_breach: 'escalate',
    parallel_group: 1,
    skip_if: { a: 1, b: 2 },
    rules: [
      { rule_type: 'x', rule_value: {} },
      { rule_type: 'user', rule_value: {}, kind: 'observer', required: true },
      { rule_type: 'http', rule_value: { url: 'x' }, kind: 'y' },
    ],
  };
  const document: PolicyDocument = {
    policy_key: '/\n',
    name: '',
    artifact_type: ' ',
    stages: [
      broken,
      stage({ mode: 'percentage', mode_value: 500, stage_order: 1, sla_hours: 1e9 }),
      stage({
        stage_order: 3e9,
        parallel_group: 1,
        mode: 'x',
        escalation_rules: [{ ...alice, rule_value: {} }],
      }),
    ],
  };
  expect(faultsOf(document).map(({ path }) => path)).toEqual([
    'policy_key',
    'policy_key',
    'policy_key',
    'name',
    'artifact_type',
    'stages[0].on_empty',
    'stages[0].rules[0].rule_type',
    'stages[0].rules[1].rule_value.user_id',
    'stages[0].rules[1].required',
    'stages[0].rules[2].rule_value.url',
    'stages[0].rules[2].kind',
    'stages[0].name',
    'stages[0].skip_if',
    'stages[0].skip_if.a',
    'stages[0].skip_if.b',
    'stages[0].on_reject',
    'stages[0].sla_hours',
    'stages[0].escalation_rules',
    'stages[1].sla_hours',
    'stages[1].mode_value',
    'stages[2].mode',
    'stages[2].escalation_rules[0].rule_value.user_id',
    'stages[2].stage_order',
    'stages[1].stage_order',
    'stages[2].parallel_group',
  ]);
});
