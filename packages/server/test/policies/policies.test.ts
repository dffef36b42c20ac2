import { PolicyOut } from '@awe/contract/policies';
import { SimulateResponse } from '@awe/contract/simulation';
import type { PolicyDocument } from '@awe/engine/policy-document';
import { createPeopleFinder, type PeopleSources } from '@awe/server/approvals/people-finder';
import { AweError } from '@awe/server/awe-error';
import { systemClock } from '@awe/server/clock';
import type { Database } from '@awe/server/ledger/database';
import { activatePolicy, deactivatePolicy } from '@awe/server/policies/policy-activation';
import { getVersion, listPolicies, listVersions } from '@awe/server/policies/policy-reading';
import type { PolicyServices } from '@awe/server/policies/policy-services';
import { simulatePolicy } from '@awe/server/policies/policy-simulation';
import { addVersion, createPolicy, editDraft } from '@awe/server/policies/policy-writing';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

let fresh: FreshDatabase;
let database: Database;
let services: PolicyServices;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh, 8);
  services = { db: database.kysely, clock: systemClock };
});

beforeEach(() => database.pool.query('truncate approval_policy cascade'));

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const author = { id: 'u-author', email: null };

const document = (key: string, more: Partial<PolicyDocument> = {}): PolicyDocument => ({
  policy_key: key,
  name: 'Change of a record',
  artifact_type: 'change_request',
  stages: [
    {
      name: 'Review',
      stage_order: 1,
      rules: [{ rule_type: 'user', rule_value: { user_id: 'u-amina' } }],
    },
  ],
  ...more,
});

const broken = (key: string) =>
  document(key, {
    name: ' ',
    stages: [
      { name: 'Review', stage_order: 1, mode: 'most', rules: [{ rule_type: 'user', rule_value: {} }] },
    ],
  });

async function refusal(work: Promise<unknown>): Promise<Pick<AweError, 'kind' | 'message'>> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AweError);
  const { kind, message } = error as AweError;
  return { kind, message };
}

describe('writing', () => {
  it('stores a draft with its defaults filled in, in the shape of the contract', async () => {
    const { policy, warnings } = await createPolicy(services, document('farmer-change'), author);
    expect(Value.Errors(PolicyOut, policy)).toEqual([]);
    expect(policy).toMatchObject({
      policy_key: 'farmer-change',
      version: 1,
      status: 'draft',
      description: null,
      forbid_self_approval: false,
      created_by: 'u-author',
      stages: [
        { mode: 'all', on_empty: 'block', on_reject: 'veto', rules: [{ kind: 'approver', required: false }] },
      ],
    });
    expect(warnings).toEqual([]);
    expect(await getVersion(services, 'farmer-change', 1)).toEqual(policy);
  });

  it('tells what was probably not meant', async () => {
    const { warnings } = await createPolicy(services, document('none', { stages: [] }), author);
    expect(warnings).toEqual(['stages: there are none: every request is approved at once']);
    const many = Array.from({ length: 60 }, (_, n) => ({ name: 'Empty', stage_order: n + 1 }));
    const crowd = await createPolicy(services, document('many', { stages: many }), author);
    expect(crowd.warnings).toHaveLength(51);
    expect(crowd.warnings.at(-1)).toBe('and 10 more');
  });

  it('names every fault with its place', async () => {
    expect(await refusal(createPolicy(services, broken('key'), author))).toEqual({
      kind: 'policy_invalid',
      message: expect.stringMatching(
        /^The policy cannot work: name must not be blank; stages\[0\]\.mode "most" is none of .*; stages\[0\]\.rules\[0\]\.rule_value\.user_id must be a text .*\.$/,
      ),
    });
    expect(await listPolicies(services)).toEqual([]);
  });

  it('a key that exists is refused, also to one of two at once', async () => {
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => createPolicy(services, document('key'), author)),
    );
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refusal(createPolicy(services, document('key'), author))).toEqual({
      kind: 'policy_exists',
      message: 'A policy with the key "key" exists: PUT /policies/{policy_key} adds a version to it.',
    });
  });

  it('adds versions, ten at once too', async () => {
    await createPolicy(services, document('key'), author);
    await Promise.all(Array.from({ length: 10 }, () => addVersion(services, 'key', document('key'), author)));
    const versions = await listVersions(services, 'key');
    expect(versions.map((each) => each.version)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('refuses a version of a key that does not exist before it looks at the document', async () => {
    expect(await refusal(addVersion(services, 'nothing', broken('other'), author))).toEqual({
      kind: 'policy_not_found',
      message:
        'No policy has the key "nothing": GET /policies lists those there are, POST /policies makes a new one.',
    });
  });

  it('refuses a body with another key', async () => {
    await createPolicy(services, document('key'), author);
    const differs = {
      kind: 'policy_invalid',
      message: 'The policy cannot work: policy_key differs from the key in the URL: make them the same.',
    };
    expect(await refusal(addVersion(services, 'key', document('other'), author))).toEqual(differs);
    expect(await refusal(editDraft(services, 'key', 1, document('other'), author))).toEqual(differs);
  });

  it('replaces a draft, and nothing but a draft', async () => {
    await createPolicy(services, document('key'), author);
    const { policy } = await editDraft(
      services,
      'key',
      1,
      document('key', { name: 'Other', stages: [] }),
      author,
    );
    expect(policy).toMatchObject({ version: 1, name: 'Other', stages: [] });
    expect((await refusal(editDraft(services, 'key', 1, broken('key'), author))).kind).toBe('policy_invalid');
    await activatePolicy(services, 'key', 1, author);
    expect(await refusal(editDraft(services, 'key', 1, document('key'), author))).toEqual({
      kind: 'conflict',
      message:
        'Version 1 of the policy "key" is active and cannot be changed any more: PUT /policies/{policy_key} adds a new version.',
    });
  });

  it.each([0, 2, 1.5, 99_999_999_999, Number.NaN])('finds no version %d', async (version) => {
    await createPolicy(services, document('key'), author);
    const missing = {
      kind: 'policy_not_found',
      message: `The policy "key" has no version ${version}: GET /policies/{policy_key}/versions lists those there are.`,
    };
    expect(await refusal(getVersion(services, 'key', version))).toEqual(missing);
    expect(await refusal(editDraft(services, 'key', version, broken('other'), author))).toEqual(missing);
    expect(await refusal(activatePolicy(services, 'key', version, author))).toEqual(missing);
    expect(await refusal(deactivatePolicy(services, 'key', version, author))).toEqual(missing);
  });

  it('lists no versions of a key that does not exist', async () => {
    expect((await refusal(listVersions(services, 'nothing\0'))).kind).toBe('policy_not_found');
  });
});

describe('activating', () => {
  it('warns again, and may be undone', async () => {
    await createPolicy(services, document('key', { stages: [] }), author);
    expect(await activatePolicy(services, 'key', 1, author)).toMatchObject({
      policy: { version: 1, status: 'active' },
      warnings: ['stages: there are none: every request is approved at once'],
    });
    expect(await deactivatePolicy(services, 'key', 1, author)).toMatchObject({
      version: 1,
      status: 'archived',
    });
    expect(await refusal(deactivatePolicy(services, 'key', 1, author))).toEqual({
      kind: 'conflict',
      message:
        'Version 1 of the policy "key" is not active but archived: only the active version can be deactivated.',
    });
    expect(await activatePolicy(services, 'key', 1, author)).toMatchObject({ policy: { status: 'active' } });
  });

  it('refuses a draft that an older build let through', async () => {
    await createPolicy(services, document('key'), author);
    await database.pool.query(`update approval_stage set mode = 'majority'`);
    expect(await refusal(activatePolicy(services, 'key', 1, author))).toEqual({
      kind: 'policy_invalid',
      message: expect.stringMatching(
        /^This version cannot work and was not activated: stages\[0\]\.mode "majority" is none of /,
      ),
    });
    expect(await getVersion(services, 'key', 1)).toMatchObject({ status: 'draft' });
  });
});

describe('simulating', () => {
  const sources: PeopleSources = {
    lookUp: async ({ rule_value }) =>
      rule_value.role === 'BROKEN'
        ? { ok: false, reason: 'Keycloak answered 503' }
        : { ok: true, users: ['u-amina', 'u-bao'] },
    activeDelegates: async (users) =>
      new Map([...users, 'u-chen'].map((user) => [user, user === 'u-bao' ? 'u-chen' : null])),
  };
  const simulating = () => ({ ...services, findPeople: createPeopleFinder(sources) });
  const sample = { context: { amount: 5 }, requester: null };

  const withRole = (role: string, more: Partial<PolicyDocument> = {}) =>
    document('key', {
      stages: [
        { name: 'Officers', stage_order: 1, rules: [{ rule_type: 'role', rule_value: { role } }] },
        { name: 'Director', stage_order: 2, skip_if: { '<': [{ var: 'amount' }, 1000] } },
        { name: 'Nobody', stage_order: 3 },
      ],
      ...more,
    });

  it('asks until everybody is known, and tells what each stage would do', async () => {
    const { policy } = await createPolicy(services, withRole('OFFICER'), author);
    const outcome = await simulatePolicy(simulating(), 'key', 1, sample);
    expect(Value.Errors(SimulateResponse, outcome)).toEqual([]);
    expect(outcome).toMatchObject({
      policy_id: policy.id,
      policy_version: 1,
      stages: [
        {
          stage_order: 1,
          name: 'Officers',
          resolved_approvers: ['u-amina', 'u-chen'],
          skipped: false,
          needed: 2,
        },
        { stage_order: 2, resolved_approvers: [], skipped: true, skip_reason: 'skip_if' },
        { stage_order: 3, resolved_approvers: [], skipped: false, blocked_reason: 'no_approvers_resolved' },
      ],
    });
  });

  it('keeps the requester out where the policy says so', async () => {
    await createPolicy(services, withRole('OFFICER', { forbid_self_approval: true }), author);
    const outcome = await simulatePolicy(simulating(), 'key', 1, { ...sample, requester: 'u-amina' });
    expect(outcome.stages[0]?.resolved_approvers).toEqual(['u-chen']);
  });

  it('fails when people cannot be found out', async () => {
    await createPolicy(services, withRole('BROKEN'), author);
    expect(await refusal(simulatePolicy(simulating(), 'key', 1, sample))).toEqual({
      kind: 'upstream_failed',
      message: expect.stringMatching(
        /^The approvers of stage 1, "Officers", could not be found: .*Keycloak answered 503.*\. Try again, or correct the rule\.$/,
      ),
    });
  });

  it('of a version that does not exist is refused', async () => {
    expect((await refusal(simulatePolicy(simulating(), 'key', 1, sample))).kind).toBe('policy_not_found');
  });
});
