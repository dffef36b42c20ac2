import { ERROR_CATALOGUE, type ErrorCode } from '@awe/contract/errors';
import { afterAll, describe, expect, it } from 'vitest';
import { AweError, type AweErrorKind } from '../../src/awe-error.ts';
import { IdentityFailure } from '../../src/identity/failure.ts';
import { InvalidCursor } from '../../src/ledger/cursor.ts';
import { ADMIN, ANYONE, ID, NEW_ID, NOW, standIn } from './stand-in.ts';

const KINDS: Record<AweErrorKind, [status: number, code: ErrorCode]> = {
  policy_not_found: [404, 'AWE-001'],
  policy_exists: [409, 'AWE-002'],
  request_not_found: [404, 'AWE-003'],
  task_not_found: [404, 'AWE-004'],
  delegation_not_found: [404, 'AWE-004'],
  delivery_not_found: [404, 'AWE-007'],
  incident_not_found: [404, 'AWE-007'],
  secret_not_found: [404, 'AWE-007'],
  not_ready: [503, 'AWE-005'],
  database_unavailable: [503, 'AWE-006'],
  cannot_start: [400, 'AWE-007'],
  conflict: [409, 'AWE-007'],
  upstream_failed: [503, 'AWE-007'],
  unauthenticated: [401, 'AWE-008'],
  keys_unavailable: [503, 'AWE-005'],
  forbidden: [403, 'AWE-008'],
  idempotency_conflict: [409, 'AWE-009'],
  policy_invalid: [400, 'AWE-010'],
  directory_failed: [503, 'AWE-011'],
  overloaded: [503, 'AWE-005'],
};

let thrown: unknown = null;
const failing = standIn(({ queries }) => ({
  queries: { ...queries, findRequest: () => Promise.reject(thrown) },
}));
afterAll(() => failing.app.close());

function fail(error: unknown) {
  thrown = error;
  return failing.app.inject({ url: `/v1/awe/requests/${ID}`, headers: { authorization: ANYONE } });
}

describe('an expected failure', () => {
  it.each(Object.entries(KINDS))('%s is answered %j', async (kind, [status, code]) => {
    const response = await fail(new AweError(kind as AweErrorKind, 'What was wrong.'));
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      id: 'openg2p.awe',
      version: '1.0',
      responsetime: NOW,
      response: null,
      errors: [{ errorCode: code, message: 'What was wrong.' }],
    });
    expect(ERROR_CATALOGUE[code].statuses).toContain(status);
  });

  it.each(['not_ready', 'database_unavailable', 'keys_unavailable', 'overloaded'] as const)(
    '%s says when to come back',
    async (kind) => {
      expect((await fail(new AweError(kind, 'Later.'))).headers['retry-after']).toBe('1');
    },
  );

  it('of identity is answered like any other', async () => {
    const response = await fail(new IdentityFailure('keys_unavailable', 'No keys.'));
    expect([response.statusCode, response.json().errors[0]]).toEqual([
      503,
      { errorCode: 'AWE-005', message: 'No keys.' },
    ]);
  });

  it('of a cursor is a fault of shape', async () => {
    const response = await fail(new InvalidCursor());
    expect(response.statusCode).toBe(422);
    expect(response.json().detail).toEqual([
      {
        loc: ['query', 'cursor'],
        msg: expect.stringContaining('start without one'),
        type: 'invalid_cursor',
      },
    ]);
  });

  it('of the database is 503, and its cause is for the log only', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' });
    const response = await fail(cause);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.json().errors[0].errorCode).toBe('AWE-006');
    expect(response.body).not.toContain('10.1.2.3');
    expect(failing.lines.join('')).toContain('10.1.2.3');
  });
});

describe('an unexpected failure', () => {
  it.each([new Error('select secret from nowhere'), 'thrown text', null])(
    'is 500 with the id of the call, and the stack in the log: %s',
    async (error) => {
      thrown = error;
      const response = await failing.app.inject({
        url: `/v1/awe/requests/${ID}`,
        headers: { authorization: ANYONE, 'x-request-id': 'call-7' },
      });
      expect(response.statusCode).toBe(500);
      expect(response.json().errors).toEqual([
        { errorCode: 'AWE-500', message: expect.stringContaining('call-7') },
      ]);
      expect(response.body).not.toContain('nowhere');
      const line = failing.lines.find((each) => each.includes('"level":50') && each.includes('call-7'));
      expect(line).toContain('a call failed by a fault of ours');
    },
  );
});

describe('the id of a call', () => {
  it.each([
    ['trace-1.a:b@c/d', 'trace-1.a:b@c/d'],
    ['x'.repeat(129), NEW_ID],
    ['two words', NEW_ID],
    ['{"level":60}', NEW_ID],
    ['', NEW_ID],
  ])('%j is answered as %j', async (given, answered) => {
    const { headers } = await failing.app.inject({
      url: '/v1/awe/version',
      headers: { 'x-request-id': given },
    });
    expect(headers['x-request-id']).toBe(answered);
  });

  it('is on refusals too, wherever they come from', async () => {
    for (const url of ['/v1/awe/tasks', '/nowhere', '/v1/awe/policies/%zz', '/v1/awe/requests/x']) {
      const { headers } = await failing.app.inject({ url, headers: { 'x-request-id': 'call-8' } });
      expect(headers).toMatchObject({ 'x-request-id': 'call-8', 'cache-control': 'no-store' });
    }
  });
});

describe('what the log holds', () => {
  it('is a line for each call, without its token, query and body', async () => {
    const { app, lines } = standIn();
    await app.inject({
      method: 'POST',
      url: '/v1/awe/requests?api_key=hunter2',
      headers: { authorization: ADMIN, 'x-request-id': 'call-9' },
      payload: { policy_key: 'hunter2' },
    });
    await app.close();
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).not.toContain(ADMIN.slice(7, 40));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        reqId: 'call-9',
        method: 'POST',
        path: '/v1/awe/requests',
        status: 422,
        subject: 'u-admin',
      }),
    );
  });
});

describe('a created request', () => {
  it('is answered byte for byte, the first time and every other', async () => {
    const body = '{"request_id":"é\\u0000 ","status":"in_review",  "current_stage_order":1}';
    const { app } = standIn(({ approvals }) => ({
      approvals: { ...approvals, create: async () => ({ requestId: ID, body, replayed: false }) },
    }));
    for (const _ of ['first', 'again']) {
      const response = await app.inject({
        method: 'POST',
        url: '/v1/awe/requests',
        headers: { authorization: ADMIN, 'idempotency-key': 'k' },
        payload: { policy_key: 'k', artifact_type: 'a', artifact_id: '1' },
      });
      expect(response.statusCode).toBe(201);
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(response.body).toBe(body);
    }
    await app.close();
  });
});

describe('free objects', () => {
  it('come out as they are, with every null, key and character', async () => {
    const payload = {
      nothing: null,
      list: [1, { deep: [null, ''] }],
      'ключ "quoted"\n': '\u2028\ud83d\ude00',
      constructor: 'x',
    };
    const told = { id: ID, request_id: ID, event_type: 'task_decided', payload, created_at: NOW };
    const event = { ...told, sequence: 1, actor: null };
    const { app } = standIn(({ queries }) => ({
      queries: { ...queries, listEvents: async () => [event] as never },
    }));
    const response = await app.inject({
      url: `/v1/awe/requests/${ID}/events`,
      headers: { authorization: ANYONE },
    });
    expect(response.json()).toEqual([event]);
    await app.close();
  });
});

describe('a list with a next page', () => {
  it.each(['requests', 'tasks', 'admin/deliveries'])(
    'of %s leads there, with the same filters',
    async (list) => {
      const page = async () => ({ rows: [], next: 'bmV4dA' });
      const { app } = standIn(({ queries, deliveries }) => ({
        queries: { ...queries, searchRequests: page, listTasks: page },
        deliveries: { ...deliveries, list: page },
      }));
      const response = await app.inject({
        url: `/v1/awe/${list}?status=a%20b%26%E2%82%AC&cursor=old&limit=7&unknown=1`,
        headers: { authorization: ADMIN },
      });
      expect(response.statusCode).toBe(200);
      const [, target] = /^<([\x21-\x7e]+)>; rel="next"$/.exec(String(response.headers.link)) ?? [];
      const next = new URL(target ?? '', 'http://awe.example');
      expect(next.pathname).toBe(`/v1/awe/${list}`);
      expect(Object.fromEntries(next.searchParams)).toMatchObject({
        status: 'a b&€',
        cursor: 'bmV4dA',
        limit: '7',
      });
      expect(next.searchParams.has('unknown')).toBe(false);
      await app.close();
    },
  );

  it('has no link on its last page', async () => {
    const { app } = standIn();
    const response = await app.inject({ url: '/v1/awe/requests', headers: { authorization: ADMIN } });
    expect(response.headers).not.toHaveProperty('link');
    await app.close();
  });
});

describe('warnings on a policy', () => {
  async function warned(warnings: string[]) {
    const { app } = standIn(({ policies }) => ({
      policies: {
        ...policies,
        activate: async (...args) => ({ ...(await policies.activate(...args)), warnings }),
      },
    }));
    const url = '/v1/awe/policies/k/versions/1/activate';
    const response = await app.inject({ method: 'POST', url, headers: { authorization: ADMIN } });
    await app.close();
    expect(response.statusCode).toBe(200);
    return response.headers['x-awe-warnings'];
  }

  it('come in a header, in ASCII, whatever the policy is called', async () => {
    const warnings = ['stages[0]: "Prüfung\r\nX: y" 😀'];
    const header = String(await warned(warnings));
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(header)).toEqual(warnings);
  });

  it('are cut where the header would become too long for clients', async () => {
    const header = String(await warned(Array(50).fill('ä'.repeat(100))));
    expect(header.length).toBeLessThanOrEqual(4_096);
    expect(JSON.parse(header).at(-1)).toMatch(/^and \d+ more$/);
  });

  it('are no header when there are none', async () => {
    expect(await warned([])).toBeUndefined();
  });
});

describe('my tasks', () => {
  it.each([
    ['', 'u-anyone'],
    ['?assignee=me', 'u-anyone'],
    ['?assignee=', 'u-anyone'],
    ['?assignee=*', null],
    ['?assignee=u-bao', 'u-bao'],
    ['?assignee=u-bao&assignee=me', 'u-anyone'],
  ])('%j asks for the tasks of %j', async (query, assignee) => {
    const { app, sent } = standIn();
    await app.inject({ url: `/v1/awe/tasks${query}`, headers: { authorization: ANYONE } });
    expect(sent).toEqual([
      ['listTasks', { assignee, request_id: null, status: null, limit: 100, cursor: null }],
    ]);
    await app.close();
  });
});

describe('who acts', () => {
  it('is the subject of the token, and its role goes along', async () => {
    const { app, sent } = standIn();
    const decide = (authorization: string) =>
      app.inject({
        method: 'POST',
        url: `/v1/awe/tasks/${ID}/decision`,
        headers: { authorization },
        payload: { action: 'approve' },
      });
    await decide(ANYONE);
    await decide(ADMIN);
    const decision = { action: 'approve', comment: null, attachments_ref: null };
    expect(sent).toEqual([
      ['decide', ID, { id: 'u-anyone', email: null, isAdmin: false }, decision],
      ['decide', ID, { id: 'u-admin', email: null, isAdmin: true }, decision],
    ]);
    await app.close();
  });
});
