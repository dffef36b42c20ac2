import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ADMIN, standIn } from './stand-in.ts';

const { app, sent } = standIn();
afterAll(() => app.close());

async function faults(url: string, payload: unknown, headers: Record<string, string> = {}) {
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { authorization: ADMIN, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  expect(response.statusCode).toBe(422);
  return response.json().detail;
}

const POLICY = { policy_key: 'k', name: 'n', artifact_type: 'a' };
const REQUEST = { policy_key: 'k', artifact_type: 'a', artifact_id: '1' };

const U_ADMIN = { id: 'u-admin', email: null, isAdmin: true };

describe('a call of the wrong shape', () => {
  it('is told every place at once, each in one entry, wherever it is', async () => {
    const stage = {
      name: 7,
      stage_order: 0,
      mode_value: 'two',
      rules: [{ rule_type: 'user', required: 'yes' }],
    };
    const found = await faults('/v1/awe/policies', { policy_key: 'k', name: null, stages: [stage, 'x'] });
    expect(found.sort(byLoc)).toEqual(
      [
        { loc: ['body', 'artifact_type'], msg: 'Field required', type: 'missing' },
        { loc: ['body', 'name'], msg: 'Input should be a valid string', type: 'string_type', input: null },
        { loc: ['body', 'stages', 0, 'rules', 0, 'rule_value'], msg: 'Field required', type: 'missing' },
        {
          loc: ['body', 'stages', 0, 'rules', 0, 'required'],
          msg: 'Input should be a valid boolean',
          type: 'bool_type',
          input: 'yes',
        },
        {
          loc: ['body', 'stages', 0, 'name'],
          msg: 'Input should be a valid string',
          type: 'string_type',
          input: 7,
        },
        {
          loc: ['body', 'stages', 0, 'stage_order'],
          msg: 'Input should be greater than or equal to 1',
          type: 'greater_than_equal',
          input: 0,
          ctx: { ge: 1 },
        },
        {
          loc: ['body', 'stages', 0, 'mode_value'],
          msg: 'Input should be a valid integer',
          type: 'int_type',
          input: 'two',
        },
        {
          loc: ['body', 'stages', 1],
          msg: 'Input should be a valid dictionary',
          type: 'dict_type',
          input: 'x',
        },
      ].sort(byLoc),
    );
  });

  it('is told of path, header and body together', async () => {
    const url = '/v1/awe/policies/k/versions/one/simulate';
    expect(await faults(url, { context: [] })).toEqual([
      {
        loc: ['path', 'version'],
        msg: 'Input should be a valid integer, unable to parse string as an integer',
        type: 'int_parsing',
        input: 'one',
      },
      { loc: ['body', 'context'], msg: 'Input should be a valid dictionary', type: 'dict_type' },
    ]);
    expect(await faults('/v1/awe/requests', '{', { 'idempotency-key': 'x'.repeat(256) })).toEqual([
      expect.objectContaining({
        loc: ['header', 'idempotency-key'],
        type: 'string_too_long',
        ctx: { max_length: 255 },
      }),
      expect.objectContaining({ loc: ['body', 1], type: 'json_invalid' }),
    ]);
  });

  it.each([
    [
      'a word outside the list',
      { action: 'maybe' },
      'literal_error',
      "Input should be 'approve', 'reject' or 'abstain'",
    ],
    ['no word at all', { action: 5 }, 'literal_error', "Input should be 'approve', 'reject' or 'abstain'"],
  ])('is told once about %s', async (_, payload, type, msg) => {
    expect(await faults('/v1/awe/tasks/1/decision', payload)).toEqual([
      expect.objectContaining({ loc: ['body', 'action'], type, msg }),
    ]);
  });

  it('is told about numbers with fractions, numbers as text, and moments without an offset', async () => {
    const stages = [
      { name: 's', stage_order: 1.5 },
      { name: 's', stage_order: '1' },
    ];
    expect(
      (await faults('/v1/awe/policies', { ...POLICY, stages })).map((fault: { type: string }) => fault.type),
    ).toEqual(['int_from_float', 'int_type']);
    const window = { user_id: '', delegate_to: 'b', starts_at: '2026-04-20T00:00:00', ends_at: 'soon' };
    const found = await faults('/v1/awe/delegations', window);
    expect(found.map(({ loc, type }: { loc: string[]; type: string }) => [loc[1], type])).toEqual([
      ['user_id', 'string_too_short'],
      ['starts_at', 'datetime_parsing'],
      ['ends_at', 'datetime_parsing'],
    ]);
  });

  it('gets only a short, plain part of what it sent back', async () => {
    const long = 'x'.repeat(10_000);
    const [fault] = await faults('/v1/awe/policies', { ...POLICY, forbid_self_approval: long });
    expect(fault.input).toBe(`${'x'.repeat(200)}…`);
    const [object] = await faults('/v1/awe/policies', { ...POLICY, name: { secret: 'whsec_x' } });
    expect(object).not.toHaveProperty('input');
    const [key] = await faults('/v1/awe/requests', { ...REQUEST, [`${long}\0`]: 1 });
    expect(key.loc).toEqual(['body', `${'x'.repeat(200)}…`]);
  });

  it('is told of a thousand faults at most, and how many there are more', async () => {
    const detail = await faults('/v1/awe/policies', { ...POLICY, stages: Array(5_000).fill(1) });
    expect(detail).toHaveLength(1_001);
    expect(detail.at(-1)).toEqual({
      loc: ['body'],
      type: 'too_many_faults',
      msg: 'There are 4000 faults more; correct these first',
    });
  });
});

describe('nesting', () => {
  const nested = (depth: number) => `${'[1,'.repeat(depth - 1)}[]${']'.repeat(depth - 1)}`;
  const request = (context: string, more = '1') =>
    `{"policy_key":"k","artifact_type":"a","artifact_id":"1","more":${more},"context":${context}}`;
  const post = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/awe/requests',
      headers: { authorization: ADMIN, 'content-type': 'application/json' },
      payload,
    });

  it('may be 32 deep in context and 64 deep in all', async () => {
    expect((await post(request(`{"a":${nested(31)}}`, nested(63)))).statusCode).toBe(201);
  });

  it('may not be deeper, and the place is told', async () => {
    const [context] = await faults('/v1/awe/requests', request(`{"a":${nested(32)}}`));
    expect(context).toMatchObject({ type: 'too_deep', ctx: { max_depth: 32 } });
    expect(context.loc).toEqual(['body', 'context', 'a', ...Array(31).fill(1)]);
    const [body] = await faults('/v1/awe/requests', request('{}', nested(64)));
    expect(body).toMatchObject({ type: 'too_deep', ctx: { max_depth: 64 } });
    expect(body.loc).toEqual(['body', 'more', ...Array(63).fill(1)]);
  });

  it.each(['[', '{"a":'])('costs no stack, however deep: %s', async (open) => {
    const depth = 10_000;
    const close = open === '[' ? ']' : '}';
    const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
    const [fault] = await faults('/v1/awe/requests', request(deep));
    expect(fault.type).toBe('too_deep');
    const [unclosed] = await faults('/v1/awe/requests', open.repeat(depth));
    expect(unclosed).toMatchObject({ loc: ['body', open.length * depth], type: 'json_invalid' });
  });
});

describe('any JSON whatever', () => {
  const value = fc.oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 3,
      arbitrary: fc.record(
        {
          policy_key: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
          name: fc.constant('n'),
          artifact_type: fc.constant('a'),
          description: fc.oneof(fc.constant(null), fc.jsonValue()),
          stages: fc.oneof(
            fc.jsonValue(),
            fc.array(fc.record({ name: fc.string(), stage_order: fc.double(), skip_if: fc.jsonValue() })),
          ),
        },
        { requiredKeys: ['name'] },
      ),
    },
  );

  it('is let through or told where it is wrong, and never breaks anything', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (payload) => {
        const response = await app.inject({
          method: 'POST',
          url: '/v1/awe/policies',
          headers: { authorization: ADMIN, 'content-type': 'application/json' },
          payload: JSON.stringify(payload),
        });
        expect([201, 422]).toContain(response.statusCode);
        if (response.statusCode === 422) {
          for (const fault of response.json().detail) {
            expect(fault).toMatchObject({ msg: expect.any(String), type: expect.any(String) });
            expect(fault.loc[0]).toBe('body');
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is let through', () => {
  it('is the body as it was sent, unknown fields and all, and a byte order mark passed over', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/awe/policies',
      headers: { authorization: ADMIN, 'content-type': 'application/json' },
      payload: `\ufeff${JSON.stringify({ ...POLICY, colour: 'green' })}`,
    });
    expect(response.statusCode).toBe(201);
    expect(sent.at(-1)).toEqual(['policies.create', { ...POLICY, colour: 'green' }, U_ADMIN]);
  });

  it('takes a body without a type for JSON, as the reference implementation does', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/awe/requests',
      headers: { authorization: ADMIN },
      payload: Buffer.from(JSON.stringify(REQUEST)),
    });
    expect(response.statusCode).toBe(201);
  });

  it('has its defaults filled in: nobody else, nothing special', async () => {
    await app.inject({
      method: 'POST',
      url: '/v1/awe/requests',
      headers: { authorization: ADMIN, 'idempotency-key': 'schlüssel' },
      payload: REQUEST,
    });
    expect(sent.at(-1)).toEqual([
      'create',
      'u-admin',
      {
        ...REQUEST,
        context: {},
        callback_url: null,
        callback_secret_id: null,
        requester: null,
        idempotency: { key: 'schlüssel', body: REQUEST },
      },
    ]);
  });

  it('has an idempotency key of printable characters', async () => {
    expect((await faults('/v1/awe/requests', REQUEST, { 'idempotency-key': '' }))[0].type).toBe(
      'string_too_short',
    );
    expect((await faults('/v1/awe/requests', REQUEST, { 'idempotency-key': 'a\tb' }))[0].type).toBe(
      'string_pattern_mismatch',
    );
  });
});

function byLoc(a: { loc: unknown[] }, b: { loc: unknown[] }): number {
  return JSON.stringify(a.loc) < JSON.stringify(b.loc) ? -1 : 1;
}
