import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { census } from './census.ts';
import { expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Version = { version: number; status: string; name: string; policy_key: string; stages: object[] };

let stand: Stand;
let story: ReturnType<typeof storyOf>;
const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
});
afterAll(() => stand.close());

const at = (key: string, version?: number, step = '') =>
  `/policies/${encodeURIComponent(key)}${version === undefined ? '' : `/versions/${version}${step}`}`;
const post = (policy: object) => stand.call<Version>(admin, 'POST', '/policies', policy);
const put = (key: string, policy: object) => stand.call<Version>(admin, 'PUT', at(key), policy);
const patch = (key: string, version: number, policy: object) =>
  stand.call<Version>(admin, 'PATCH', at(key, version), policy);
const step = (key: string, version: number, name: string, replica = 0) =>
  stand.call<Version>(admin, 'POST', at(key, version, `/${name}`), undefined, { replica });
const statuses = async (key: string) =>
  (await stand.call<Version[]>(viewer, 'GET', `${at(key)}/versions`)).body.map(({ version, status }) => [
    version,
    status,
  ]);
const oneOf = (name: string) => [{ rules: [user(name)] }];

describe('a policy and its versions', () => {
  it('starts as a draft, which no request can use', async () => {
    const created = await post(policyOf('life', oneOf('alice')));
    expect([created.status, created.body.version, created.body.status]).toEqual([201, 1, 'draft']);
    expectRefusal(await story.create('life'), 404, 'AWE-001', /life/);
    expectRefusal(await post(policyOf('life', oneOf('bob'))), 409, 'AWE-002', /life/);
  });

  it('gets another draft, which may be replaced whole until it is activated', async () => {
    expect((await put('life', policyOf('life', oneOf('bob')))).body).toMatchObject({
      version: 2,
      status: 'draft',
    });
    const replaced = await patch('life', 2, policyOf('life', oneOf('carl'), { name: 'Other' }));
    expect([replaced.status, replaced.body.name, replaced.body.stages.length]).toEqual([200, 'Other', 1]);
    await step('life', 2, 'activate');
    expectRefusal(await patch('life', 2, policyOf('life', oneOf('dora'))), 409, 'AWE-007', /active/);
    expect((await story.create('life')).body.tasks[0]?.assignee).toBe('carl');
  });

  it('has one active version at a time; the one before is archived and stays as it was', async () => {
    await step('life', 1, 'activate');
    expect(await statuses('life')).toEqual([
      [2, 'archived'],
      [1, 'active'],
    ]);
    expectRefusal(await patch('life', 2, policyOf('life', oneOf('dora'))), 409, 'AWE-007', /archived/);
    // On the other replica too, at once.
    const again = await step('life', 1, 'activate', 1);
    expect([again.status, again.body.status]).toEqual([200, 'active']);
    const back = await step('life', 2, 'activate', 1);
    expect([back.status, back.body.status]).toEqual([200, 'active']);
  });

  it('can be taken out of use with nothing in its place', async () => {
    expectRefusal(await step('life', 1, 'deactivate'), 409, 'AWE-007', /archived/);
    const off = await step('life', 2, 'deactivate');
    expect([off.status, off.body.status]).toEqual([200, 'archived']);
    expectRefusal(await step('life', 2, 'deactivate'), 409, 'AWE-007');
    expectRefusal(await story.create('life'), 404, 'AWE-001');
    expect((await step('life', 2, 'activate')).status).toBe(200);
  });

  it('governs the requests that were made under it to their end', async () => {
    await post(policyOf('pinned', [...oneOf('alice'), ...oneOf('bob')]));
    await step('pinned', 1, 'activate');
    const { body } = await story.create('pinned');
    await put('pinned', policyOf('pinned', oneOf('zoe')));
    await step('pinned', 2, 'activate');
    await story.decide(body.request_id, 'alice', 'approve');
    expect((await story.taskOf(body.request_id, 'bob')).status).toBe('open');
    const request = await stand.call(caller, 'GET', `/requests/${body.request_id}`);
    expect(request.body).toMatchObject({ policy_key: 'pinned', policy_version: 1, current_stage_order: 2 });
    expect((await story.create('pinned')).body.tasks[0]?.assignee).toBe('zoe');
  });

  it('is not found under a key or a version that there is not', async () => {
    const policy = policyOf('nobody', oneOf('alice'));
    expectRefusal(await put('nobody', policy), 404, 'AWE-001', /nobody/);
    expectRefusal(await patch('nobody', 1, policy), 404, 'AWE-001');
    expectRefusal(await patch('life', 9, policyOf('life', [])), 404, 'AWE-001');
    for (const name of ['activate', 'deactivate']) expectRefusal(await step('life', 9, name), 404, 'AWE-001');
    expectRefusal(await stand.call(admin, 'POST', at('life', 9, '/simulate'), {}), 404, 'AWE-001');
    expectRefusal(await stand.call(admin, 'GET', `${at('nobody')}/versions`), 404, 'AWE-001');
    expectRefusal(await stand.call(admin, 'GET', at('LIFE', 1)), 404, 'AWE-001');
  });

  it('is listed by its newest version, for viewers too', async () => {
    const listed = await stand.call<Version[]>(viewer, 'GET', '/policies');
    const newest = listed.body.find((each) => each.policy_key === 'pinned');
    expect(newest).toMatchObject({
      version: 2,
      status: 'active',
      stages: [{ rules: [{ rule_type: 'user' }] }],
    });
    expect(listed.body.filter((each) => each.policy_key === 'pinned')).toHaveLength(1);
    expectRefusal(await stand.call(viewer, 'POST', '/policies', policyOf('x', [])), 403, 'AWE-008');
    expectRefusal(await stand.call(viewer, 'POST', at('life', 1, '/activate')), 403, 'AWE-008');
    expectRefusal(await stand.call(caller, 'GET', '/policies'), 403, 'AWE-008');
  });

  it('may be named in any script', async () => {
    for (const key of [
      'Änderung § 5',
      '農家の変更',
      'a.b_c-d~e!$&\'()*+,;=:@%?#[]"<>^`{|}',
      '😀'.repeat(128),
      'constructor',
      '__proto__',
    ]) {
      await stand.publish(policyOf(key, oneOf('alice')));
      const found = await stand.call<Version>(viewer, 'GET', at(key, 1));
      expect([found.status, found.body.policy_key]).toEqual([200, key]);
      const created = await story.create(key);
      expect([created.status, created.body.tasks.length]).toEqual([201, 1]);
      expect((await put(key, policyOf(key, []))).body.version).toBe(2);
    }
  });
});

describe('a policy that cannot work', () => {
  it('is refused with every contradiction and its place', async () => {
    const before = await census(stand);
    const stage = (more: object) => ({ rules: [user('alice')], ...more });
    const contradictions = policyOf(
      ' a/b\u0007 ',
      [
        stage({ name: ' ', mode: 'most', on_empty: 'ignore', on_breach: 'shout', on_reject: 'maybe' }),
        stage({ stage_order: 1, mode: 'percentage', mode_value: 101 }),
        stage({ on_reject: 'count', on_breach: 'auto_approve', parallel_group: 7 }),
        stage({ on_breach: 'escalate', skip_if: { explode: [1] } }),
        stage({
          parallel_group: 7,
          rules: [
            { rule_type: 'user', rule_value: { user: 'alice' } },
            { rule_type: 'role', rule_value: { role: '' } },
            { rule_type: 'group', rule_value: {} },
            { rule_type: 'expression', rule_value: { logic: { nope: 1 } } },
            { rule_type: 'http', rule_value: { url: 'ftp://example.org' } },
            { rule_type: 'oracle', rule_value: {} },
            user('vera', { kind: 'observer', required: true }),
            user('wim', { kind: 'bystander' }),
          ],
        }),
      ],
      { name: '  ' },
    );
    const answer = await post(contradictions);
    expectRefusal(answer, 400, 'AWE-010');
    const [{ message }] = (answer.body as unknown as { errors: [{ message: string }] }).errors;
    for (const place of [
      'policy_key',
      'name',
      'stages[0].name',
      'stages[0].mode',
      'stages[0].on_empty',
      'stages[0].on_breach',
      'stages[0].on_reject',
      'stages[1].stage_order',
      'stages[1].mode_value',
      'stages[2].on_reject',
      'stages[2].sla_hours',
      'stages[3].sla_hours',
      'stages[3].escalation_rules',
      'stages[3].skip_if',
      'stages[4].parallel_group',
      'stages[4].rules[0].rule_value.user_id',
      'stages[4].rules[1].rule_value.role',
      'stages[4].rules[2].rule_value.group',
      'stages[4].rules[3].rule_value.logic',
      'stages[4].rules[4].rule_value.url',
      'stages[4].rules[5].rule_type',
      'stages[4].rules[6].required',
      'stages[4].rules[7].kind',
    ])
      expect(message).toContain(place);
    expect(await census(stand)).toEqual(before);
  });

  it.each(['', ' ', ' a', 'a ', 'a/b', '/', 'a\u0000b', 'a\nb', 'x'.repeat(129), '.', '..'])(
    'is refused for its key: %j',
    async (key) => {
      const answer = await post(policyOf(key, [], { name: 'Named' }));
      if (key.includes('\u0000')) expect(answer.status).toBe(422);
      else expectRefusal(answer, 400, 'AWE-010', /policy_key/);
    },
  );

  it('is refused when the key of the URL is another one', async () => {
    await post(policyOf('here', []));
    const before = await census(stand);
    for (const key of ['there', 'HERE', 'here ']) {
      expectRefusal(await put('here', policyOf(key, [])), 400, 'AWE-010', /policy_key/);
      expectRefusal(await patch('here', 1, policyOf(key, [])), 400, 'AWE-010', /policy_key/);
    }
    expect(await census(stand)).toEqual(before);
  });

  it('is refused as a draft too, when it is replaced', async () => {
    expectRefusal(await patch('here', 1, policyOf('here', [{ mode: 'none' }])), 400, 'AWE-010', /mode/);
  });
});

describe('a policy that may not be what was meant', () => {
  const warningsOf = (answer: { headers: Headers }) =>
    JSON.parse(answer.headers.get('x-awe-warnings') ?? 'null');

  it('is accepted with warnings, when written and when activated', async () => {
    const written = await post(
      policyOf('doubtful', [
        { mode: 'percentage', on_empty: 'skip', rules: [user('alice')], skip_if: { '==': [1, 1] } },
        { on_empty: 'skip', rules: [] },
        { on_empty: 'skip', mode: 'any-n', mode_value: 3, rules: [user('alice'), user('bob'), user('bob')] },
        {
          on_empty: 'skip',
          rules: [user('alice', { required: true })],
          sla_hours: 1,
          on_breach: 'auto_approve',
        },
      ]),
    );
    expect(written.status).toBe(201);
    const warnings = warningsOf(written) as string[];
    for (const place of ['mode_value', 'skip_if', 'stages[1]', 'stages[2]', 'stages[3]'])
      expect(warnings.join('\n')).toContain(place);
    expect(warningsOf(await step('doubtful', 1, 'activate'))).toEqual(warnings);
    expect(warningsOf(await put('doubtful', policyOf('doubtful', oneOf('alice'))))).toBeNull();
    expect(warningsOf(await put('doubtful', policyOf('doubtful', [])))).toEqual([
      expect.stringMatching(/stages/),
    ]);
  });

  it('without stages approves at once, and says why', async () => {
    await stand.publish(policyOf('empty', []));
    const created = await story.create('empty', { callback_url: stand.receiver.url });
    expect(created.body).toMatchObject({ status: 'approved', current_stage_order: 0, tasks: [] });
    const told = await stand.receiver.expect(
      (each) => each.request_id === created.body.request_id && each.event_type === 'request_approved',
    );
    expect(told).toMatchObject({ sequence: 2, status: 'approved', data: { reason: 'no_stages' } });
  });
});

describe('simulating', () => {
  type Simulated = {
    policy_id: string;
    policy_version: number;
    stages: {
      stage_order: number;
      resolved_approvers: string[];
      skipped: boolean;
      skip_reason: string | null;
    }[];
  };
  const simulate = (key: string, version: number, body: object) =>
    stand.call<Simulated>(viewer, 'POST', at(key, version, '/simulate'), body);

  it('shows who would be asked at each stage, of a draft too, and writes nothing', async () => {
    await post(
      policyOf(
        'sampled',
        [
          { rules: [user('alice'), { rule_type: 'expression', rule_value: { logic: { var: 'officers' } } }] },
          { rules: [user('bob')], skip_if: { '<': [{ var: 'amount' }, 1000] } },
          { rules: [user('rita')], on_empty: 'skip' },
        ],
        { forbid_self_approval: true },
      ),
    );
    const before = await census(stand);
    const rich = await simulate('sampled', 1, { context: { amount: 5000, officers: ['olga', 'alice', 42] } });
    expect(rich.status).toBe(200);
    expect(rich.body.stages.map(({ resolved_approvers, skipped }) => [resolved_approvers, skipped])).toEqual([
      [['alice', 'olga', '42'], false],
      [['bob'], false],
      [['rita'], false],
    ]);
    const small = await simulate('sampled', 1, { context: { amount: 5 }, requester: 'rita' });
    expect(
      small.body.stages.map(({ resolved_approvers, skip_reason }) => [resolved_approvers, skip_reason]),
    ).toEqual([
      [['alice'], null],
      [[], 'skip_if'],
      [[], 'no_approvers'],
    ]);
    // No amount at all: the stage is not skipped.
    expect((await simulate('sampled', 1, {})).body.stages[1]?.skipped).toBe(false);
    expect(await census(stand)).toEqual(before);
  });

  it('cannot, where the context does not fit the rules', async () => {
    expectRefusal(await simulate('sampled', 1, { context: { officers: { a: 1 } } }), 503, 'AWE-007');
    expectRefusal(await stand.call(caller, 'POST', at('sampled', 1, '/simulate'), {}), 403, 'AWE-008');
  });
});

describe('a skip_if that cannot be computed', () => {
  it('does not skip, and says so', async () => {
    await stand.publish(
      policyOf('careful', [{ rules: [user('dora')], skip_if: { '<': [{ var: 'amount' }, 1000] } }]),
    );
    const skipped = await story.create('careful', { context: { amount: 999 } });
    expect(skipped.body.status).toBe('approved');
    for (const context of [{}, { amount: null }, { Amount: 1 }]) {
      const { body } = await story.create('careful', { context });
      expect([body.status, body.tasks.length]).toEqual(['in_review', 1]);
      const started = (await story.timeline(body.request_id)).at(-1);
      expect([started?.event_type, JSON.stringify(started?.payload)]).toEqual([
        'stage_started',
        expect.stringContaining('skip_if'),
      ]);
    }
  });

  it.each([
    ['text that is no number', 'much', 'in_review'],
    ['an object', {}, 'in_review'],
    ['nothing in quotes, which counts as 0', '', 'approved'],
    ['an empty list, which counts as 0', [], 'approved'],
    ['a number in quotes', '999', 'approved'],
  ])('is not one that compares %s: that is as in JavaScript', async (_, amount, status) => {
    const { body } = await story.create('careful', { context: { amount } });
    expect(body.status).toBe(status);
    const skipIfErrors = (await story.timeline(body.request_id)).map((each) => each.payload.skip_if_error);
    expect(skipIfErrors.filter((each) => each !== undefined)).toEqual([]);
  });
});
