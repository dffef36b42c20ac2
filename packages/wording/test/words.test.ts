import type { ApproverRuleIn, StageIn } from '@awe/contract/policies';
import { describe, expect, it } from 'vitest';
import { changeRequestPolicy, disbursementPolicy } from '../../server/demo/policies.ts';
import { remarksOn } from '../src/words/lint.ts';
import { describeLogic } from '../src/words/logic.ts';
import { describeRule, describeRuleFully } from '../src/words/rule.ts';
import { describeApprovals, describeStage } from '../src/words/stage.ts';

const amount = { var: 'amount' };
const district = { var: 'district' };

describe('JSONLogic in plain words', () => {
  it.each<[logic: unknown, words: string]>([
    [{ '<': [amount, 1000] }, 'amount < 1000'],
    [{ '<=': [1, amount, 10] }, '1 ≤ amount ≤ 10'],
    [{ '==': [district, 'D1'] }, 'district is "D1"'],
    [{ '===': [district, 'D1'] }, 'district is exactly "D1"'],
    [{ '!=': [district, null] }, 'district is given'],
    [{ '==': [null, district] }, 'district is missing'],
    [{ '!': { '==': [district, 'D1'] } }, 'district is not "D1"'],
    [{ '!': [{ var: 'urgent' }] }, 'not urgent'],
    [{ '!!': [{ var: 'urgent' }] }, 'urgent'],
    [{ in: [district, ['D1', 'D2']] }, 'district is one of "D1", "D2"'],
    [{ '!': { in: [district, ['D1', 'D2']] } }, 'district is none of "D1", "D2"'],
    [{ in: ['vip', { var: 'tags' }] }, 'tags contains "vip"'],
    [{ in: [district, { var: 'districts' }] }, 'district is in districts'],
    [{ missing: ['amount', 'district'] }, 'amount or district is missing'],
    [{ missing_some: [1, ['phone', 'mail']] }, 'fewer than 1 of phone, mail are given'],
    [{ var: ['amount', 0] }, 'amount (0 if missing)'],
    [{ cat: ['u-head-', district] }, '"u-head-{district}"'],
    [{ '-': [{ '+': [amount, 5] }, { '-': [amount, 1] }] }, 'amount + 5 − (amount − 1)'],
    [{ '*': [{ '+': [amount, 5] }, 2] }, '(amount + 5) × 2'],
    [{ '-': [amount] }, '−amount'],
    [{ max: [amount, 5] }, 'the largest of amount and 5'],
    [{ some: [{ var: 'items' }, { '>': [{ var: 'price' }, 100] }] }, 'one of items has price > 100'],
    [{ map: [{ var: 'officers' }, { var: 'id' }] }, 'id of each of officers'],
    [[], 'an empty list'],
    [null, 'nothing'],
  ])('%j', (logic, words) => {
    expect(describeLogic(logic)).toBe(words);
  });

  it('puts brackets where they change the meaning, and only there', () => {
    const small = { '<': [amount, 1000] };
    const either = { or: [{ '==': [district, 'D1'] }, { var: 'urgent' }] };
    expect(describeLogic({ and: [small, either] })).toBe('amount < 1000 and (district is "D1" or urgent)');
    expect(describeLogic({ or: [{ and: [small, { var: 'urgent' }] }, small] })).toBe(
      'amount < 1000 and urgent or amount < 1000',
    );
    expect(describeLogic({ '!': either })).toBe('not (district is "D1" or urgent)');
  });

  it('says choices one after the other', () => {
    const logic = { if: [{ '<': [amount, 1000] }, 'u-a', { '<': [amount, 5000] }, 'u-b', 'u-c'] };
    expect(describeLogic(logic)).toBe(
      'if amount < 1000 then "u-a", else if amount < 5000 then "u-b", else "u-c"',
    );
  });

  it('leaves as JSON what it has no words for, and only that part', () => {
    const odd = { substr: [district, 0, 1] };
    expect(describeLogic({ '==': [odd, 'D'] })).toBe(`${JSON.stringify(odd)} is "D"`);
    expect(describeLogic({ '<': [1] })).toBe('{"<":[1]}');
    expect(describeLogic({ a: 1, b: 2 })).toBe('{"a":1,"b":2}');
  });
});

describe('rules in plain words', () => {
  const rule = (rule_type: string, rule_value: object, more: object = {}): ApproverRuleIn => ({
    rule_type,
    rule_value: { ...rule_value },
    ...more,
  });

  it.each<[ApproverRuleIn, string]>([
    [rule('user', { user_id: 'u-amina' }), 'u-amina'],
    [rule('role', { role: 'OFFICER' }), 'members of role OFFICER'],
    [rule('role', { role: 'OFFICER', client: 'registry' }), 'members of role OFFICER of registry'],
    [rule('group', { group: '/districts/D1' }), 'members of group /districts/D1'],
    [rule('expression', { logic: { var: 'manager' } }), 'whoever this names: manager'],
    [rule('http', { url: 'https://people.example.org/x' }), 'whoever people.example.org/x names'],
    [rule('user', {}), '{}'],
    [rule('oracle', { a: 1 }), 'oracle {"a":1}'],
  ])('%j', (given, words) => {
    expect(describeRule(given)).toBe(words);
  });

  it('says what sets a rule apart', () => {
    expect(describeRuleFully(rule('user', { user_id: 'u-a' }, { required: true }))).toBe(
      'u-a (must approve)',
    );
    expect(describeRuleFully(rule('user', { user_id: 'u-a' }, { kind: 'observer' }))).toBe(
      'u-a (only informed)',
    );
  });
});

describe('stages in plain words', () => {
  it('reads like the policy it is', () => {
    const [legal, finance] = disbursementPolicy.stages as StageIn[];
    expect(legal && describeStage(legal)).toEqual({
      who: 'all of: lena',
      observers: null,
      skip: 'skipped if amount < 1000',
      empty: 'rejected if nobody is found',
      sla: null,
      breach: null,
      reject: 'one rejection ends it',
    });
    expect(finance && describeStage(finance)).toMatchObject({
      who: 'any 1 of: finn',
      sla: 'due after 48 hours',
      breach: 'when overdue, also asks carla',
    });
  });

  it('fills in what the engine fills in', () => {
    const stage = { name: 'One', stage_order: 1 };
    expect(describeApprovals({ ...stage, mode: 'quorum' })).toBe('any 1 approves');
    expect(describeApprovals({ ...stage, mode: 'percentage' })).toBe('100 % approve');
    expect(describeApprovals(stage)).toBe('everybody approves');
    expect(describeStage(stage).who).toBe('all of: nobody');
  });
});

describe('remarks on a policy', () => {
  it('are those of the service, with the name of the stage', () => {
    const [first, ...others] = changeRequestPolicy.stages;
    const stages = first ? [{ ...first, mode_value: 3 }, ...others] : [];
    expect(remarksOn({ ...changeRequestPolicy, stages })).toEqual([
      {
        code: 'too_few_users',
        stage: 'District officers',
        text: 'It needs more approvals than it names people: every request is rejected here.',
      },
    ]);
    expect(remarksOn({ ...changeRequestPolicy, stages: [] })).toEqual([
      { code: 'no_stages', stage: null, text: 'There are no stages: every request is approved at once.' },
    ]);
    expect(remarksOn(changeRequestPolicy)).toEqual([]);
    expect(remarksOn({ ...changeRequestPolicy, name: '' })).toEqual([]);
  });
});
