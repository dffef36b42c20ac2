import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { census } from './census.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let taskId: string;
let requestId: string;
let before: Record<string, number>;

const NO_UUIDS = ['0', 'x', "'; drop table approval_task; --", '%00', '..%2f..', '0197b1a2-0000-7000-8000'];
const UNKNOWN = '0197b1a2-0000-7000-8000-000000000000';
/** Random, so that no compression makes it fit where it should not. */
const endless = randomBytes(60_000).toString('base64');

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  await stand.publish(
    policyOf('computed', [{ rules: [{ rule_type: 'expression', rule_value: { logic: { var: 'who' } } }] }]),
  );
  await stand.publish(
    policyOf('cut', [
      { rules: [{ rule_type: 'expression', rule_value: { logic: { substr: [{ var: 'who' }, 0, 1] } } }] },
    ]),
  );
  const { body } = await story.create('simple');
  requestId = body.request_id;
  taskId = body.tasks[0]?.id ?? '';
  before = await census(stand);
});
afterAll(async () => {
  // Whatever was tried above: nothing that was refused has left a row anywhere.
  expect(await census(stand)).toEqual(before);
  expect(await story.eventTypes(requestId)).toEqual(['request_created', 'stage_started']);
  await stand.close();
});

const request = { policy_key: 'simple', artifact_type: 't', artifact_id: 'a' };
const create = (body: unknown) => stand.call(caller, 'POST', '/requests', body);
const propose = (body: unknown) => stand.call(admin, 'POST', '/policies', body);

describe('a body that is no JSON object', () => {
  it.each([
    ['is missing', undefined],
    ['is cut off', '{"policy_key":'],
    ['has something after it', '{} {}'],
    ['is in single quotes', "{'policy_key': 'simple'}"],
    ['has NaN in it', '{"policy_key":"simple","artifact_type":"t","artifact_id":"a","context":{"n":NaN}}'],
    ['is a list', '[]'],
    ['is a text', '"simple"'],
    ['is null', 'null'],
    ['is a number', '42'],
  ])('%s', async (_, body) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      detail: [{ loc: expect.arrayContaining(['body']), type: expect.any(String) }],
    });
  });

  it('is too large, by a little and by a lot', async () => {
    for (const size of [262_144, 5_000_000]) {
      const answer = await create({ ...request, context: { blob: 'x'.repeat(size) } });
      expectRefusal(answer, 413, 'AWE-012', /262144/);
    }
  });

  it('has another type than JSON', async () => {
    const options = { headers: { 'content-type': 'text/plain' } };
    const answer = await stand.call(caller, 'POST', '/requests', JSON.stringify(request), options);
    expectRefusal(answer, 415, 'AWE-012');
  });
});

describe('a request to create', () => {
  it('without any field: every missing one is named', async () => {
    expectFaultsAt(await create({}), [
      ['body', 'policy_key'],
      ['body', 'artifact_type'],
      ['body', 'artifact_id'],
    ]);
  });

  it('with every field of the wrong type: every one is named', async () => {
    const wrong = {
      policy_key: 1,
      artifact_type: null,
      artifact_id: { id: 'a' },
      context: [],
      callback_url: 5,
      callback_secret_id: true,
      requester: ['r'],
    };
    expectFaultsAt(
      await create(wrong),
      Object.keys(wrong).map((name) => ['body', name]),
    );
  });

  it('with texts that cannot be stored: NUL and half surrogate pairs, in values and in keys', async () => {
    const text = String.raw`{"policy_key":"simple","artifact_type":"a\u0000b","artifact_id":"\ud800",
      "requester":"\udc00x","context":{"deep":[{"n":"\u0000"}],"k\ud83d":1}}`;
    expectFaultsAt(await create(text), [
      ['body', 'artifact_type'],
      ['body', 'artifact_id'],
      ['body', 'requester'],
      ['body', 'context', 'deep', 0, 'n'],
      ['body', 'context', 'k\ud83d'],
    ]);
  });

  it('with a context nested 33 deep, or 10,000', async () => {
    for (const depth of [33, 10_000]) {
      // The context itself is the first level.
      const nested = '['.repeat(depth - 1) + ']'.repeat(depth - 1);
      const answer = await create(
        `{"policy_key":"simple","artifact_type":"t","artifact_id":"a","context":{"x":${nested}}}`,
      );
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ detail: [{ type: 'too_deep', ctx: { max_depth: 32 } }] });
    }
    const list = await create(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(list.status).toBe(422);
  });

  it('with __proto__ in its context', async () => {
    const answer = await create(
      '{"policy_key":"simple","artifact_type":"t","artifact_id":"a","context":{"a":{"__proto__":{"x":1}}}}',
    );
    expectFaultsAt(answer, [['body', 'context', 'a', '__proto__']]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('with numbers that cannot be kept', async () => {
    const answer = await create(
      '{"policy_key":"simple","artifact_type":"t","artifact_id":"a","context":{"big":1e400,"id":9007199254740993}}',
    );
    expectFaultsAt(answer, [
      ['body', 'context', 'big'],
      ['body', 'context', 'id'],
    ]);
  });

  it('with integers of which some cannot be kept', async () => {
    const answer = await create(
      '{"policy_key":"simple","artifact_type":"t","artifact_id":"a","context":{"n":[1e20,9007199254740993,{"m":-12345678901234567890},9007199254740992.5,1e30]}}',
    );
    expectFaultsAt(answer, [
      ['body', 'context', 'n', 1],
      ['body', 'context', 'n', 2, 'm'],
      ['body', 'context', 'n', 3],
    ]);
  });

  it('of a policy that does not exist, whatever its key looks like', async () => {
    for (const policy_key of ['nobody', '', 'SIMPLE', 'simple ', "'--", endless])
      expectRefusal(await create({ ...request, policy_key }), 404, 'AWE-001');
  });

  it('for an artifact whose name is a whole document', async () => {
    for (const place of ['artifact_type', 'artifact_id'])
      expectFaultsAt(await create({ ...request, [place]: endless }), [['body', place]]);
  });

  it.each([
    ['nowhere', '', /cannot be read/],
    ['a path', '/callbacks', /cannot be read/],
    ['another protocol', 'ftp://127.0.0.1/x', /ftp:/],
    ['a script', 'javascript:alert(1)', /javascript:/],
    ['with credentials', 'http://user:secret@127.0.0.1/', /credentials/],
    ['the metadata service', 'http://169.254.169.254/latest/meta-data', /link-local/],
    ['the metadata service, as a number', 'http://2852039166/', /link-local/],
    ['the metadata service, in IPv6', 'http://[::ffff:a9fe:a9fe]/', /link-local/],
    ['every address', 'http://0.0.0.0/', /unspecified/],
    ['every address, in IPv6', 'http://[::]:80/', /unspecified/],
    ['many addresses', 'http://224.0.0.1/', /multicast/],
    ['a port that does not exist', 'http://127.0.0.1:70000/', /cannot be read/],
    ['port 0', 'http://127.0.0.1:0/', /port 0/],
    ['longer than any URL', `http://127.0.0.1/${endless}`, /longer/],
  ])('with a callback to %s', async (_, callback_url, says) => {
    const answer = await create({ ...request, callback_url });
    expectRefusal(answer, 400, 'AWE-007', says);
    expect(answer.text).not.toContain('user:secret');
  });

  it.each([UNKNOWN, 'nope', '', endless])('with a secret that nobody has', async (callback_secret_id) => {
    const answer = await create({ ...request, callback_url: stand.receiver.url, callback_secret_id });
    expectRefusal(answer, 400, 'AWE-007', /callback_secret_id/);
  });

  it('with an idempotency key that is blank, or longer than an index takes', async () => {
    for (const key of ['', 'k'.repeat(256)]) {
      const options = { headers: { 'idempotency-key': key } };
      const answer = await stand.call(caller, 'POST', '/requests', request, options);
      expectFaultsAt(answer, [['header', 'idempotency-key']]);
    }
  });

  it('whose expression names what is no user id', async () => {
    for (const who of [endless, ['alice', ''], [['alice']], { alice: 1 }, true, ['alice', null], ' ']) {
      const answer = await story.create('computed', { context: { who } });
      expectRefusal(answer, 503, 'AWE-007', /expression/);
    }
    expectRefusal(await story.create('cut', { context: { who: '😀' } }), 503, 'AWE-007', /surrogate/);
  });
});

describe('an id that is none', () => {
  it.each([...NO_UUIDS, UNKNOWN])('is not found: %s', async (id) => {
    const found = async (method: string, path: string, code: string, body?: unknown) =>
      expectRefusal(await stand.call(admin, method, path, body), 404, code);
    const step = id === '%00' || id.startsWith('..') ? id : encodeURIComponent(id);
    await found('GET', `/requests/${step}`, 'AWE-003');
    await found('POST', `/requests/${step}/cancel`, 'AWE-003', {});
    await found('POST', `/tasks/${step}/claim`, 'AWE-004');
    await found('POST', `/tasks/${step}/decision`, 'AWE-004', { action: 'approve' });
    await found('POST', `/tasks/${step}/reassign`, 'AWE-004', { new_assignee: 'bob' });
    await found('DELETE', `/delegations/${step}`, 'AWE-004');
    await found('POST', `/admin/deliveries/${step}/retry`, 'AWE-007');
    const events = await stand.call(caller, 'GET', `/requests/${step}/events`);
    expect([events.status, events.body]).toEqual([200, []]);
    for (const list of [`/tasks?request_id=${step}`, `/admin/deliveries?request_id=${step}`]) {
      const rows = await stand.call(admin, 'GET', list);
      expect([rows.status, rows.body]).toEqual([200, []]);
    }
  });
});

describe('a decision', () => {
  const decide = (body: unknown) => stand.call(admin, 'POST', `/tasks/${taskId}/decision`, body);

  it.each(['APPROVE', 'approved', 'escalate', '', ' approve', null, 1, ['approve'], {}])(
    'is one of three words, not %j',
    async (action) => {
      expectFaultsAt(await decide({ action }), [['body', 'action']]);
    },
  );

  it('names every fault', async () => {
    expectFaultsAt(await decide({ comment: 1, attachments_ref: [] }), [
      ['body', 'action'],
      ['body', 'comment'],
      ['body', 'attachments_ref'],
    ]);
    expectFaultsAt(await decide(String.raw`{"action":"approve","comment":"\u0000"}`), [['body', 'comment']]);
  });
});

describe('a new assignee', () => {
  const reassign = (new_assignee: unknown) =>
    stand.call(admin, 'POST', `/tasks/${taskId}/reassign`, { new_assignee });

  it('is somebody', async () => {
    for (const nobody of ['', null, 7, '\u0000', '\ud800', endless])
      expectFaultsAt(await reassign(nobody), [['body', 'new_assignee']]);
    for (const nobody of [' ', '\u00a0']) expectRefusal(await reassign(nobody), 409, 'AWE-007');
  });
});

describe('a list', () => {
  it('has from 1 to 500 rows', async () => {
    for (const path of ['/tasks', '/requests', '/admin/deliveries']) {
      for (const limit of ['0', '501', '-1', 'ten', '1.5', '1e2', '99999999999999999999'])
        expectFaultsAt(await stand.call(admin, 'GET', `${path}?limit=${limit}`), [['query', 'limit']]);
      for (const limit of ['1', '500'])
        expect((await stand.call(admin, 'GET', `${path}?limit=${limit}`)).status).toBe(200);
    }
  });

  it('of an unknown status is empty', async () => {
    for (const path of ['/tasks?assignee=*&', '/requests?', '/admin/deliveries?'])
      for (const status of ['OPEN', 'nothing', "'", '%F0%9F%98%80', encodeURIComponent('x'.repeat(9_000))]) {
        const answer = await stand.call(admin, 'GET', `${path}status=${status}`);
        expect([answer.status, answer.body]).toEqual([200, []]);
      }
  });
});

describe('a delegation', () => {
  const window = { starts_at: '2026-01-01T00:00:00Z', ends_at: '2027-01-01T00:00:00Z' };
  const delegate = (more: object) =>
    stand.call(admin, 'POST', '/delegations', { user_id: 'a', delegate_to: 'b', ...window, ...more });

  it('has every field, and moments that are some', async () => {
    expectFaultsAt(
      await stand.call(admin, 'POST', '/delegations', {}),
      ['user_id', 'delegate_to', 'starts_at', 'ends_at'].map((name) => ['body', name]),
    );
    expectFaultsAt(await delegate({ delegate_to: endless }), [['body', 'delegate_to']]);
    for (const moment of ['tomorrow', '2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00', 5, null])
      expectFaultsAt(await delegate({ starts_at: moment }), [['body', 'starts_at']]);
  });

  it.each([
    ['to oneself', { delegate_to: 'a' }],
    ['that ends before it starts', { ends_at: '2025-12-31T23:59:59Z' }],
    ['that ends when it starts, in another zone', { ends_at: '2026-01-01T05:30:00+05:30' }],
    ['from a blank', { user_id: '  ' }],
    ['from the year 0', { starts_at: '0000-01-01T00:00:00Z' }],
    ['from before the year 1', { starts_at: '0001-01-01T00:00:00+05:00' }],
    ['into the year 10000', { ends_at: '9999-12-31T23:59:59-05:00' }],
  ])('%s', async (_, more) => {
    expectRefusal(await delegate(more), 400, 'AWE-010');
  });
});

describe('a policy', () => {
  const stage = { name: 'S', stage_order: 1, rules: [user('alice')] };
  const policy = { policy_key: 'p', name: 'P', artifact_type: 't', stages: [stage] };

  it('of the wrong shape: every place is named', async () => {
    expectFaultsAt(await propose({ stages: [{ rules: [{}], mode_value: 'x', skip_if: [] }, 5] }), [
      ['body', 'policy_key'],
      ['body', 'name'],
      ['body', 'artifact_type'],
      ['body', 'stages', 0, 'name'],
      ['body', 'stages', 0, 'stage_order'],
      ['body', 'stages', 0, 'mode_value'],
      ['body', 'stages', 0, 'skip_if'],
      ['body', 'stages', 0, 'rules', 0, 'rule_type'],
      ['body', 'stages', 0, 'rules', 0, 'rule_value'],
      ['body', 'stages', 1],
    ]);
  });

  it('whose numbers no column holds', async () => {
    for (const more of [
      { stage_order: 2_147_483_648 },
      { mode: 'any-n', mode_value: 2_147_483_648 },
      { sla_hours: 1_000_000_000 },
      { stage_order: 1e20 },
      { mode: 'any-n', mode_value: 1e300 },
      { sla_hours: 1e20 },
      { parallel_group: -1e20 },
      { parallel_group: -2_147_483_649 },
    ])
      expectRefusal(await propose({ ...policy, stages: [{ ...stage, ...more }] }), 400, 'AWE-010');
  });

  it('whose approver nobody can be', async () => {
    const answer = await propose({ ...policy, stages: [{ ...stage, rules: [user(endless)] }] });
    expectRefusal(answer, 400, 'AWE-010', /stages\[0\]\.rules\[0\]\.rule_value\.user_id/);
  });

  it('version that is no number, or none that there is', async () => {
    for (const version of ['x', '1.0'])
      expectFaultsAt(await stand.call(admin, 'GET', `/policies/simple/versions/${version}`), [
        ['path', 'version'],
      ]);
    for (const version of ['0', '-1', '2', '2147483648', '99999999999999999999'])
      for (const [method, step] of [
        ['GET', ''],
        ['POST', '/activate'],
        ['POST', '/deactivate'],
      ] as const) {
        const answer = await stand.call(admin, method, `/policies/simple/versions/${version}${step}`);
        expectRefusal(answer, 404, 'AWE-001');
      }
  });
});
