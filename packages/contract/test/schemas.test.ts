import { DelegationIn } from '@awe/contract/delegations';
import { PolicyCreate } from '@awe/contract/policies';
import { CreateRequestIn } from '@awe/contract/requests';
import { DecisionIn } from '@awe/contract/tasks';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';

const faults = (schema: TSchema, value: unknown) =>
  [...Value.Errors(schema, value)].map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

describe('a decision', () => {
  it.each(['approve', 'reject', 'abstain'])('may be %s', (action) => {
    expect(faults(DecisionIn, { action })).toEqual([]);
  });

  it.each(['approved', 'APPROVE', '', 'escalate'])('may not be %j: that is a fault of shape', (action) => {
    expect(faults(DecisionIn, { action })).toEqual(['/action enum']);
  });
});

describe('a policy', () => {
  const stage = { name: 'Review', stage_order: 1 };
  const policy = { policy_key: 'k', name: 'n', artifact_type: 'a' };

  it('has the right shape even where its words mean nothing, so that all such faults are named together later', () => {
    const rules = [{ rule_type: 'oracle', rule_value: {}, kind: 'ghost' }];
    const odd = { ...stage, mode: 'most', on_empty: 'wait', on_breach: 'panic', on_reject: 'shrug', rules };
    expect(faults(PolicyCreate, { ...policy, stages: [odd] })).toEqual([]);
  });

  it('may name fields that the service does not know', () => {
    expect(
      faults(PolicyCreate, { ...policy, colour: 'green', stages: [{ ...stage, colour: 'blue' }] }),
    ).toEqual([]);
  });

  it('has stages that count from 1, and optional numbers that may be null', () => {
    expect(
      faults(PolicyCreate, { ...policy, stages: [{ ...stage, mode_value: null, sla_hours: null }] }),
    ).toEqual([]);
    expect(faults(PolicyCreate, { ...policy, stages: [{ ...stage, stage_order: 0 }] })).toEqual([
      '/stages/0/stage_order minimum',
    ]);
  });
});

describe('a request', () => {
  it('needs a policy and an artifact, and nothing else', () => {
    expect(faults(CreateRequestIn, { policy_key: 'k', artifact_type: 'a', artifact_id: '1' })).toEqual([]);
    expect(faults(CreateRequestIn, { policy_key: 'k' })).toEqual([' required']);
  });

  it('takes a context that is an object, with anything in it', () => {
    const request = { policy_key: 'k', artifact_type: 'a', artifact_id: '1' };
    expect(faults(CreateRequestIn, { ...request, context: { deep: [{ list: [null, 1, 'x'] }] } })).toEqual(
      [],
    );
    expect(faults(CreateRequestIn, { ...request, context: [] })).toEqual(['/context type']);
  });
});

describe('a delegation', () => {
  it('runs between two moments', () => {
    const window = { user_id: 'u-1', delegate_to: 'u-2', starts_at: '2026-04-20T00:00:00Z' };
    expect(faults(DelegationIn, { ...window, ends_at: '2026-05-04T00:00:00+02:00' })).toEqual([]);
    expect(faults(DelegationIn, { ...window, ends_at: 'soon' })).toEqual(['/ends_at format']);
  });
});
