import { OPERATION_LIST } from '@awe/contract/operations';
import { afterAll, describe, expect, it } from 'vitest';
import { AweError } from '../../src/awe-error.ts';
import type { Readiness } from '../../src/http/services.ts';
import { ADMIN, ANYONE, ID, standIn, VIEWER } from './stand-in.ts';

let readiness: Readiness = 'starting';
const { app, sent } = standIn();
const { app: closed } = standIn(() => ({ ready: () => readiness }));
afterAll(() => Promise.all([app.close(), closed.close()]));

const operations = OPERATION_LIST.map(([name, operation]) => ({ name, ...operation }));
const guarded = operations.filter(({ access }) => access !== 'public');
const withBody = operations.filter(({ body }) => body !== undefined);
const withId = operations.filter(({ path }) => /\{\w+_id\}/.test(path));
const withPage = operations.flatMap(({ name, query }) =>
  query && 'limit' in query.properties ? [{ name, parameters: query.properties }] : [],
);

type Sending = {
  id?: string;
  token?: string | null;
  type?: string;
  payload?: string | Buffer;
  query?: string;
};

/** Calls an operation as an admin with its own example, but for what is given. */
function call(name: string, { id = ID, token = ADMIN, type, payload, query = '' }: Sending = {}) {
  const operation = operations.find((each) => each.name === name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  const body = payload ?? (operation.body && JSON.stringify(operation.examples.body));
  const path = operation.path
    .replace('{policy_key}', 'farmer-change')
    .replace('{version}', '1')
    .replace(/\{\w+_id\}/, id);
  return app.inject({
    method: operation.method.toUpperCase() as 'GET',
    url: `${path}${query}`,
    headers: {
      ...(token && { authorization: token }),
      ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
    },
    ...(body !== undefined && { payload: body }),
  });
}

const firstFault = (response: { json: () => { detail: unknown[] } }) => response.json().detail[0];

describe.each(operations)('$name', ({ name, success }) => {
  it('answers its example with its status, and the contract’s own example with nothing lost', async () => {
    const response = await call(name);
    expect(response.statusCode).toBe(success.status);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const expected = operations.find((each) => each.name === name)?.examples.response;
    if (name === 'config' || name === 'health' || name === 'version') return;
    if (name === 'listDeliveries' || name === 'retryDelivery') return;
    // Lines are text to whoever reads them one by one.
    if (success.mediaType !== undefined) expect(response.body).toBe(expected);
    else expect(response.body === '' ? undefined : response.json()).toEqual(expected);
  });
});

describe.each(guarded)('$name is guarded', ({ name, access }) => {
  it('refuses a call without a token before it looks at anything else', async () => {
    const response = await call(name, { token: null, payload: '{', type: 'text/plain' });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.json().errors).toEqual([
      { errorCode: 'AWE-008', message: 'a token is needed: send "Authorization: Bearer <token>"' },
    ]);
  });

  it(`lets in who may: ${access}`, async () => {
    const malformed = { payload: '{', type: 'text/plain' };
    const statuses = { viewer: { anyone: 403, viewer: null }, admin: { anyone: 403, viewer: 403 } };
    const expected =
      access === 'viewer' || access === 'admin' ? statuses[access] : { anyone: null, viewer: null };
    for (const [token, status] of [
      [ANYONE, expected.anyone],
      [VIEWER, expected.viewer],
    ] as const) {
      const response = await call(name, { token, ...malformed });
      if (status === null) expect([401, 403]).not.toContain(response.statusCode);
      else {
        expect(response.statusCode).toBe(status);
        expect(response.json().errors[0]).toEqual({
          errorCode: 'AWE-008',
          message: expect.stringMatching(access === 'admin' ? /needs the role AWE_ADMIN/ : /AWE_VIEWER/),
        });
      }
    }
  });

  it.each(['starting', 'stopping'] as const)('is closed while the service is %s', async (state) => {
    readiness = state;
    const operation = operations.find((each) => each.name === name);
    const response = await closed.inject({
      method: operation?.method.toUpperCase() as 'GET',
      url: operation?.path.replace('{version}', '1') ?? '',
    });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.json().errors[0].errorCode).toBe('AWE-005');
  });
});

describe.each(withBody)('the body of $name', ({ name }) => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data',
    'nonsense',
  ])('is not %s', async (type) => {
    const response = await call(name, { type });
    expect(response.statusCode).toBe(415);
    expect(response.json().errors[0]).toEqual({
      errorCode: 'AWE-012',
      message: expect.stringContaining('application/json'),
    });
  });

  it.each(['application/json; charset=utf-8', 'application/vnd.awe+json', 'APPLICATION/JSON'])(
    'may be called %s',
    async (type) => {
      expect((await call(name, { type })).statusCode).toBeLessThan(300);
    },
  );

  it('is needed', async () => {
    const response = await call(name, { payload: '' });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toEqual({ detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] });
  });

  it.each([
    ['malformed JSON', '{"a": 1,}', { loc: ['body', 8], type: 'json_invalid' }],
    ['half an object', '{"a": ', { loc: ['body', 6], type: 'json_invalid' }],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), { loc: ['body'], type: 'json_invalid' }],
    ['null', 'null', { loc: ['body'], type: 'dict_type' }],
    ['a list', '[]', { loc: ['body'], type: 'dict_type' }],
    ['NUL in a value', '{"x": {"y": ["a\\u0000"]}}', { loc: ['body', 'x', 'y', 0], type: 'string_nul' }],
    ['half a surrogate pair', '{"x": "\\ud83d"}', { loc: ['body', 'x'], type: 'string_unicode' }],
    ['half a pair in a key', '{"\\udc00": 1}', { loc: ['body', '\udc00'], type: 'string_unicode' }],
    [
      '__proto__',
      '{"x": {"__proto__": {"y": 1}}}',
      { loc: ['body', 'x', '__proto__'], type: 'forbidden_key' },
    ],
    ['an infinite number', '{"x": 1e400}', { loc: ['body', 'x'], type: 'finite_number' }],
    ['a number that would change', '{"x": 9007199254740993}', { loc: ['body', 'x'], type: 'int_inexact' }],
  ])('is not %s', async (_, payload, fault) => {
    const response = await call(name, { payload });
    expect(response.statusCode).toBe(422);
    expect(firstFault(response)).toMatchObject(fault);
  });
});

describe.each(operations.filter(({ body, method }) => body === undefined && method !== 'get'))(
  '$name, which takes no body,',
  ({ name, success }) => {
    it.each(['text/plain', 'application/json'])('does not mind one of type %s', async (type) => {
      expect((await call(name, { payload: '{', type })).statusCode).toBe(success.status);
    });
  },
);

describe.each(withId)('the id of $name', ({ name }) => {
  it('reaches the use case as it is, UUID or not', async () => {
    const response = await call(name, { id: 'no%2Fuuid%20%C3%A9' });
    expect(response.statusCode).toBeLessThan(300);
    expect(JSON.stringify(sent.at(-1))).toContain('no/uuid é');
  });

  it('reaches the use case even with NUL in it, to be simply not found there', async () => {
    expect((await call(name, { id: 'a%00b' })).statusCode).toBeLessThan(300);
    expect(JSON.stringify(sent.at(-1))).toContain('a\\u0000b');
  });

  it('is never empty: that path leads nowhere', async () => {
    const response = await call(name, { id: '' });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ errors: [{ errorCode: 'AWE-012' }], response: null });
  });
});

describe.each(withPage)('the limit of $name', ({ name, parameters }) => {
  const { maximum } = parameters.limit as unknown as { maximum: number };
  const filter = Object.keys(parameters).find((each) => !['limit', 'cursor'].includes(each)) ?? 'cursor';

  it.each([
    ['0', 'greater_than_equal'],
    ['-1', 'greater_than_equal'],
    [String(maximum + 1), 'less_than_equal'],
    ['99999999999999999999', 'less_than_equal'],
    ['abc', 'int_parsing'],
    ['', 'int_parsing'],
    ['1.5', 'int_parsing'],
    ['0x10', 'int_parsing'],
    ['1&limit=abc', 'int_parsing'],
  ])('is not %s', async (limit, type) => {
    const response = await call(name, { query: `?limit=${limit}` });
    expect(response.statusCode).toBe(422);
    expect(response.json().detail).toEqual([expect.objectContaining({ loc: ['query', 'limit'], type })]);
  });

  it.each(['1', String(maximum), '5&limit=7'])('may be %s', async (limit) => {
    expect((await call(name, { query: `?limit=${limit}` })).statusCode).toBe(200);
  });

  it('is an error, not a crash, when a filter holds NUL', async () => {
    const response = await call(name, { query: `?${filter}=%00` });
    expect(response.statusCode).toBe(422);
    expect(firstFault(response)).toMatchObject({ loc: ['query', filter], type: 'string_nul' });
  });
});

describe('the order of refusals', () => {
  it('tells of the shape before the use case is asked', async () => {
    const { app: strict } = standIn(({ approvals }) => ({
      approvals: {
        ...approvals,
        decide: () => Promise.reject(new AweError('task_not_found', 'No task has this id.')),
      },
    }));
    const decide = (action: string) =>
      strict.inject({
        method: 'POST',
        url: `/v1/awe/tasks/${ID}/decision`,
        headers: { authorization: ANYONE },
        payload: { action },
      });
    expect((await decide('maybe')).statusCode).toBe(422);
    const response = await decide('approve');
    expect(response.statusCode).toBe(404);
    expect(response.json().errors).toEqual([{ errorCode: 'AWE-004', message: 'No task has this id.' }]);
    await strict.close();
  });
});
