import type { People } from '@awe/engine/people';
import { lookupKey } from '@awe/engine/people';
import { simulate } from '@awe/engine/simulate';
import { describe, expect, test } from 'vitest';
import { observer, policy, required, role, stage, user } from './policy-words.ts';
import { BEGIN } from './scenario.ts';

const CHIEFS = role('CHIEF');
const KEY = lookupKey({ rule_type: 'role', rule_value: CHIEFS.rule_value });

function imagine(
  stages: Parameters<typeof policy>[0],
  people: People,
  requester: string | null = null,
  flags = {},
) {
  return simulate({ amount: 5 }, requester, {
    policy: policy(stages, flags),
    people,
    now: BEGIN,
    newId: () => {
      throw new Error('a simulation creates nothing');
    },
  });
}

const knowing = (users: string[], delegates: Record<string, string | null> = {}): People => ({
  answers: new Map([[KEY, { ok: true, users }]]),
  delegates: new Map(Object.entries({ ann: null, bob: null, rita: null, ...delegates })),
});

describe('simulate', () => {
  test('asks for what it does not know', () => {
    const nothing: People = { answers: new Map(), delegates: new Map() };
    expect(
      imagine([stage('s', { rules: [user('ann'), CHIEFS] }), stage('t', { rules: [CHIEFS] })], nothing),
    ).toEqual({
      kind: 'needs',
      needs: { lookups: [expect.objectContaining({ rule_type: 'role' })], delegatesOf: ['ann'] },
    });
  });

  test('resolves each stage as if it were reached now, filters and delegation included', () => {
    const stages = [
      stage('s', { rules: [user('rita'), required(user('ann')), observer(user('olga'))] }),
      stage('small', { skip_if: { '<': [{ var: 'amount' }, 10] }, rules: [CHIEFS] }),
      stage('quorum', { mode: 'any-n', mode_value: 2, rules: [user('bob')] }),
      stage('careless', { skip_if: { '<': [{ var: 'gone' }, 10] }, rules: [user('bob')] }),
    ];
    const people = knowing(['bob'], { ann: 'dora', dora: null });
    expect(imagine(stages, people, 'rita', { forbid_self_approval: true })).toMatchObject({
      kind: 'simulated',
      stages: [
        { approvers: ['dora'], required_approvers: ['dora'], observers: ['olga'], needed: 1 },
        { approvers: [], skip_reason: 'skip_if', needed: null },
        { approvers: ['bob'], blocked_reason: 'quorum_unreachable' },
        { approvers: ['bob'], skip_if_error: expect.any(String) },
      ],
    });
  });

  test('shows who was found for a stage that would block, and why it would', () => {
    const careless = { skip_if: { '<': [{ var: 'gone' }, 10] } };
    const stages = [
      stage('quorum', { mode: 'any-n', mode_value: 3, rules: [user('ann'), user('bob')] }),
      stage('required', { ...careless, rules: [user('ann'), required(user('bob')), required(CHIEFS)] }),
      stage('empty', { ...careless, rules: [CHIEFS, observer(user('olga'))] }),
      stage('passed', { ...careless, on_empty: 'skip', rules: [CHIEFS] }),
    ];
    const error = expect.stringContaining('gone');
    expect(imagine(stages, knowing([]))).toMatchObject({
      kind: 'simulated',
      stages: [
        {
          approvers: ['ann', 'bob'],
          needed: null,
          blocked_reason: 'quorum_unreachable',
          skip_if_error: null,
        },
        {
          ...{ approvers: ['ann', 'bob'], required_approvers: ['bob'], skip_if_error: error },
          blocked_reason: 'required_approver_unavailable',
        },
        {
          ...{ approvers: [], observers: ['olga'], skip_if_error: error },
          blocked_reason: 'no_approvers_resolved',
        },
        { approvers: [], skip_reason: 'no_approvers', blocked_reason: null, skip_if_error: error },
      ],
    });
  });

  test('says which stage cannot be resolved', () => {
    const people: People = {
      answers: new Map([[KEY, { ok: false, reason: 'directory timeout' }]]),
      delegates: new Map([['ann', null]]),
    };
    const outcome = imagine([stage('s', { rules: [user('ann')] }), stage('t', { rules: [CHIEFS] })], people);
    expect(outcome).toMatchObject({ kind: 'failed', stage: { name: 't' }, reason: 'directory timeout' });
  });
});
