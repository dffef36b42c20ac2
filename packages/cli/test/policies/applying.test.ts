import { createClient } from '@awe/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../../server/demo/caller.ts';
import { admin, openStand, type Stand } from '../../../server/test/service/stand.ts';
import { applyPlans, type Outcome } from '../../src/policies/planning/apply.ts';
import type { PolicyPlan } from '../../src/policies/planning/plan.ts';
import { planAll } from '../../src/policies/planning/plan-all.ts';
import { loadPolicies } from '../../src/policies/policy-files.ts';
import { type PolicyService, policyService } from '../../src/policies/policy-service.ts';
import { aweOn } from '../run-awe.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { policyText, written } from './written-files.ts';

type Planned = { changes: boolean; policies: PolicyPlan[]; unmanaged: string[] };

const scratch = scratchDirectory();
let stand: Stand;
let ada: ReturnType<typeof aweOn>;
let service: PolicyService;

beforeAll(async () => {
  stand = await openStand();
  const baseUrl = stand.services[0]?.url ?? '';
  ada = aweOn(baseUrl, 'ada:AWE_ADMIN');
  service = policyService(createClient({ baseUrl, token: tokenOf(admin) }));
});
afterAll(() => stand.close());

/** The files of one policy as the author changes them, and what `awe` makes of each state. */
async function authorOf(key: string) {
  const cwd = `${scratch()}/${key}`;
  const write = (more = '', rule?: string) => written(cwd, { 'p.yaml': policyText(key, more, rule) });
  const first = async <Row>(line: string[]) => {
    const { policies } = await ada.json<{ policies: Row[] }>(...line, '-f', `${cwd}/p.yaml`);
    return policies[0];
  };
  await write();
  return {
    cwd,
    write,
    plan: (...more: string[]) => first<PolicyPlan>(['policy', 'diff', ...more]),
    apply: (...more: string[]) => first<Outcome>(['policy', 'apply', ...more]),
    versions: async () => (await service.versions(key)).map(({ version, status }) => `${version} ${status}`),
  };
}

describe('a policy file, step by step', () => {
  it('is created, changed, activated, taken back, and never written twice', async () => {
    const { plan, apply, write, versions } = await authorOf('life');
    expect(await plan()).toMatchObject({ action: 'create', version: 1, activates: false, changes: [] });
    expect(await apply()).toMatchObject({ result: 'created', version: 1, active: false, error: null });
    const drafted = await plan();
    expect(drafted).toMatchObject({ action: 'nothing', version: 1 });
    expect(drafted?.notes).toEqual(['Version 1, a draft, is what the file says; --activate activates it.']);

    expect(await plan('--activate')).toMatchObject({
      action: 'activate',
      version: 1,
      compared_with: null,
      changes: [],
      notes: ['No version is active: from then on, requests can be made.'],
    });

    await write('mode: any-n');
    expect(await plan()).toMatchObject({
      action: 'edit_draft',
      version: 1,
      compared_with: { version: 1, status: 'draft' },
      changes: [expect.stringMatching(/Only.*approve/)],
      notes: ['Version 1, a draft by ada, is replaced whole.'],
    });
    expect(await apply('--activate')).toMatchObject({ result: 'draft_replaced', version: 1, active: true });
    expect(await apply('--activate')).toMatchObject({ result: 'unchanged', version: 1, active: true });

    await write('sla_hours: 4');
    expect(await plan('--activate')).toMatchObject({ action: 'new_version', version: 2, activates: true });
    expect(await apply()).toMatchObject({ result: 'version_added', version: 2, active: false });
    expect(await plan('--activate')).toMatchObject({
      action: 'activate',
      version: 2,
      compared_with: { version: 1, status: 'active' },
      notes: [],
    });
    expect(await apply('--activate')).toMatchObject({ result: 'activated', version: 2, active: true });
    expect(await versions()).toEqual(['2 active', '1 archived']);

    await write('mode: any-n');
    expect(await plan()).toMatchObject({ action: 'nothing', version: 1, active: false });
    expect(await plan('--activate')).toMatchObject({
      action: 'activate',
      version: 1,
      compared_with: { version: 2, status: 'active' },
      notes: [expect.stringMatching(/^Version 1 was active before .* activated again/)],
    });
    expect(await apply('--activate')).toMatchObject({ result: 'activated', version: 1, active: true });
    expect(await versions()).toEqual(['2 archived', '1 active']);
  });

  it('leaves a draft alone that somebody works on, while what is active is what the file says', async () => {
    const { plan, apply, cwd, versions } = await authorOf('left');
    await apply('--activate');
    const { policies } = await loadPolicies(['p.yaml'], cwd);
    const [policy] = policies;
    await service.addVersion({ ...policy!.document, name: 'Under way' });
    for (const more of [[], ['--activate']]) {
      expect(await plan(...more)).toMatchObject({
        action: 'nothing',
        version: 1,
        active: true,
        notes: ['Version 2, a draft by ada, differs from the file and stays as it is.'],
      });
      expect(await apply(...more)).toMatchObject({ result: 'unchanged', version: 1 });
    }
    expect(await versions()).toEqual(['2 draft', '1 active']);
  });

  it.each([
    ['a default that is written out', 'on_empty: block', 'mode: all'],
    ['another word for the same', 'mode: any-n', 'mode: quorum\n    mode_value: 1'],
    ['nothing for notify', 'on_breach: null', 'on_breach: notify'],
  ])('does not change by %s', async (what, before, after) => {
    const { plan, apply, write } = await authorOf(what.replaceAll(' ', '-'));
    await write(before);
    await apply('--activate');
    await write(after);
    expect(await plan('--activate')).toMatchObject({ action: 'nothing', changes: [] });
  });

  it('changes by the number of a stage, though nobody is asked for anything else', async () => {
    const { plan, apply, write, cwd } = await authorOf('numbered');
    await apply('--activate');
    await written(cwd, { 'p.yaml': policyText('numbered').replace('stage_order: 1', 'stage_order: 10') });
    expect(await plan()).toMatchObject({
      action: 'new_version',
      changes: [expect.stringMatching(/^Numbers or spelling/)],
    });
    await write();
    expect(await plan()).toMatchObject({ action: 'nothing' });
  });
});

describe('a plan', () => {
  it('writes nothing, and has an exit code of its own for changes', async () => {
    const { cwd, apply } = await authorOf('dry');
    const before = await stand.sql('select id, updated_at from approval_policy order by id');
    const dry = ['policy', 'apply', '-f', cwd, '--activate', '--dry-run'];
    const told = await ada.awe([...dry, '--detailed-exitcode']);
    expect([told.code, told.stderr]).toEqual([2, '']);
    expect(told.stdout).toMatch(
      /^\+ dry: create version 1, and activate it\nOn the service and in no file, left alone: .*"life"/,
    );
    expect((await ada.awe(dry)).code).toBe(0);
    expect(await stand.sql('select id, updated_at from approval_policy order by id')).toEqual(before);
    expect((await ada.json<Planned>(...dry)).unmanaged).toContain('life');
    expect((await ada.json<Planned>('policy', 'diff', '-f', `${cwd}/p.yaml`)).unmanaged).toEqual([]);
    await apply('--activate');
    expect((await ada.awe([...dry, '--detailed-exitcode'])).code).toBe(0);
  });

  it('is made neither of files with faults, nor of none', async () => {
    const cwd = await written(`${scratch()}/faulty`, {
      'a.yaml': policyText('never'),
      'b.yaml': 'name: B\n',
    });
    const applied = await ada.awe(['policy', 'apply', '-f', cwd]);
    expect([applied.code, applied.stderr]).toEqual([1, 'awe: 2 faults found: correct the files.\n']);
    expect(applied.stdout).toMatch(/b\.yaml:1:1: policy_key: is missing\n/);
    await expect(service.versions('never')).rejects.toMatchObject({ code: 'AWE-001', status: 404 });
    const nothing = await ada.awe(['policy', 'apply']);
    expect([nothing.code, nothing.stderr]).toEqual([64, expect.stringContaining("'-f, --file <paths...>'")]);
  });

  it('tells how two versions differ', async () => {
    const { apply, write } = await authorOf('two');
    await apply('--activate');
    await write('mode: any-n\n    mode_value: 1\n    sla_hours: 5');
    await apply();
    const diff = ['policy', 'diff', 'two', '1', '2'];
    const told = await ada.awe([...diff, '--detailed-exitcode']);
    expect([told.code, told.stdout]).toEqual([2, expect.stringContaining('5 hours')]);
    expect(await ada.json('policy', 'diff', 'two', '2', '2')).toMatchObject({
      changes: false,
      sentences: [],
    });
    expect(await ada.awe(['policy', 'diff', 'two', '1'])).toMatchObject({ code: 64 });
  });
});

describe('applying while others write', () => {
  it.each(['create', 'edit'])('is planned again when somebody else was faster: %s', async (what) => {
    const key = `race-${what}`;
    const { cwd, write, versions } = await authorOf(key);
    if (what === 'edit') {
      await service.create((await loadPolicies(['p.yaml'], cwd)).policies[0]!.document);
      await write('mode: any-n');
    }
    const { policies } = await loadPolicies(['p.yaml'], cwd);
    const policy = policies[0]!;
    const [plan] = (await planAll(service, policies, true)).policies;
    if (what === 'create') await service.create({ ...policy.document, name: 'Faster' });
    else await service.activate(key, 1);
    const [outcome] = await applyPlans(service, [{ policy, plan: plan! }], async () => {});
    const version = what === 'create' ? 1 : 2;
    expect(outcome).toMatchObject({
      result: what === 'create' ? 'draft_replaced' : 'version_added',
      version,
      active: true,
    });
    expect((await versions())[0]).toBe(`${version} active`);
  });

  it('does not take for the file what was put into the draft just before it was activated', async () => {
    const { cwd, apply } = await authorOf('swapped');
    await apply();
    const { policies } = await loadPolicies(['p.yaml'], cwd);
    const policy = policies[0]!;
    const [plan] = (await planAll(service, policies, true)).policies;
    await service.editDraft(1, { ...policy.document, name: 'Swapped' });
    const [outcome] = await applyPlans(service, [{ policy, plan: plan! }], async () => {});
    expect(outcome).toMatchObject({ result: 'failed', version: 1, error: { code: 'OVERTAKEN' } });
    expect(await apply('--activate')).toMatchObject({ result: 'version_added', version: 2, active: true });
  });

  it('tells of each what became of it, where some fail', async () => {
    const cwd = await written(`${scratch()}/some`, {
      'a.yaml': policyText('some-a'),
      'b.yaml': policyText('some-b'),
    });
    const { policies } = await loadPolicies(['.'], cwd);
    const { policies: plans } = await planAll(service, policies, false);
    // Somebody's key is one that this service refuses: it is told, and the other is written.
    const broken = { ...policies[0]!, document: { ...policies[0]!.document, name: ' ' } };
    const pairs = [broken, policies[1]!].map((policy, at) => ({ policy, plan: plans[at]! }));
    const [a, b] = await applyPlans(service, pairs, async () => {});
    expect(a).toMatchObject({ result: 'failed', version: null, error: { code: 'AWE-010', status: 400 } });
    expect(b).toMatchObject({ result: 'created', version: 1, error: null });
  });

  it('ends where nothing can work, with what was not tried', async () => {
    const cwd = await written(`${scratch()}/ended`, {
      'a.yaml': policyText('end-a'),
      'b.yaml': policyText('end-b'),
    });
    const { policies } = await loadPolicies(['.'], cwd);
    const { policies: plans } = await planAll(service, policies, false);
    const baseUrl = stand.services[0]?.url ?? '';
    const viewer = policyService(
      createClient({ baseUrl, token: tokenOf({ sub: 'vera', roles: ['AWE_VIEWER'] }) }),
    );
    const pairs = policies.map((policy, at) => ({ policy, plan: plans[at]! }));
    const outcomes = await applyPlans(viewer, pairs, async () => {});
    expect(outcomes.map(({ result, error }) => [result, error?.code])).toEqual([
      ['failed', 'AWE-008'],
      ['not_tried', 'AWE-008'],
    ]);
    const refused = await aweOn(baseUrl, 'vera:AWE_VIEWER').awe(['policy', 'apply', '-f', cwd]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/2 of 2 were not applied/)]);
    const away = await aweOn('http://127.0.0.1:2', 'ada:AWE_ADMIN').awe(['policy', 'apply', '-f', cwd]);
    expect([away.code, away.stdout]).toEqual([3, '']);
  });
});

describe('a policy of the service', () => {
  it('is printed as a file that changes nothing when it is applied, in YAML and in JSON', async () => {
    const cwd = await written(`${scratch()}/round`, {
      'p.yaml': `policy_key: 'round: #1'
name: "yes"
description: "two\\nlines: 'and' more"
artifact_type: '2024-01-01'
forbid_self_approval: true
stages:
  - { name: "null", stage_order: 3, parallel_group: 1, rules: [{ rule_type: role, rule_value: { role: '007', x-note: kept } }] }
  - name: B
    stage_order: 4
    parallel_group: 1
    mode: percentage
    mode_value: 50
    on_reject: count
    on_empty: skip
    skip_if: { and: [{ '==': [{ var: 'a.b' }, 0x10] }, { in: ['x', { var: [c, [1.5, null, false]] }] }] }
    sla_hours: 3
    on_breach: escalate
    rules:
      - { rule_type: expression, rule_value: { logic: { var: who } } }
      - { rule_type: http, rule_value: { url: "https://people.example/?a=b#c" }, kind: observer }
    escalation_rules: [{ rule_type: user, rule_value: { user_id: carla }, required: true }]
`,
    });
    await ada.json('policy', 'apply', '-f', cwd, '--activate');
    for (const format of ['yaml', 'json']) {
      const { stdout } = await ada.awe(['policy', 'get', 'round: #1', '-o', format]);
      expect(stdout).toContain('/v1/awe/policy.schema.json');
      expect(stdout).not.toMatch(/\bid\b|created_at|"?mode"?: "?all/);
      await written(`${scratch()}/again`, { [`p.${format}`]: stdout });
      const plan = await ada.json<Planned>(
        'policy',
        'diff',
        '--activate',
        '-f',
        `${scratch()}/again/p.${format}`,
      );
      expect(plan).toMatchObject({
        changes: false,
        policies: [{ action: 'nothing', version: 1, active: true }],
      });
    }
    expect(await ada.json('policy', 'get', 'round: #1', '1')).toMatchObject({ version: 1, status: 'active' });
    const listed = await ada.awe(['policy', 'list']);
    expect(listed.stdout).toMatch(/^round: #1\t1\tactive\t2\tyes\t/m);
    expect(await ada.awe(['policy', 'get', 'nobody'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('AWE-001'),
    });
  });

  it('is simulated there, in the version that is active', async () => {
    const told = await ada.awe(['policy', 'simulate', 'life', '--requester', 'clara']);
    expect(told).toEqual({ code: 0, stdout: '1. Only: 1 of 1 must approve\n    asks alice\n', stderr: '' });
    expect(await ada.json('policy', 'simulate', 'life', '2')).toMatchObject({
      policy_key: 'life',
      version: 2,
    });
  });
});
