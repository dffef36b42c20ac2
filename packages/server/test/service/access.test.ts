import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgedTokens } from '../identity/forged-tokens.ts';
import {
  fill,
  type GuardedService,
  openGuardedService,
  type ServedOperation,
  TRUST,
} from './guarded-service.ts';
import { expectRefusal } from './refusal.ts';

/** What needs no token: a new name here is a decision, not a detail. */
const PUBLIC_OPERATIONS = ['GET /v1/awe/config', 'GET /v1/awe/health', 'GET /v1/awe/version'];
/** The document and its pages, the metrics (which a token of their own may close), and the portal's static files. */
const PUBLIC_PAGES =
  /^\/v1\/awe\/(openapi\.json|policy\.schema\.json|docs(\/.*)?|redoc(\/.*)?)$|^\/metrics$|^\/$|^\/\*$|^\/assets\/\*$/;

/** What any valid token may do. */
const ANYBODY = [
  'GET /v1/awe/requests',
  'POST /v1/awe/requests',
  'GET /v1/awe/requests/{request_id}',
  'GET /v1/awe/requests/{request_id}/events',
  'GET /v1/awe/requests/{request_id}/proof',
  'GET /v1/awe/tasks',
  'POST /v1/awe/tasks/{task_id}/claim',
  'POST /v1/awe/tasks/{task_id}/decision',
];
/** Reads by another method than GET. */
const READS = ['POST /v1/awe/policies/{policy_key}/versions/{version}/simulate'];

type Access = 'public' | 'anybody' | 'viewer' | 'admin';

/** Whatever is named nowhere is for administrators when it writes, and for viewers when it reads. */
function accessTo({ name, method }: ServedOperation): Access {
  if (PUBLIC_OPERATIONS.includes(name)) return 'public';
  if (ANYBODY.includes(name)) return 'anybody';
  return method === 'GET' || READS.includes(name) ? 'viewer' : 'admin';
}

const trust = { ...TRUST, nowSeconds: Math.floor(Date.now() / 1000) };
const forgeries = await forgedTokens(trust);
let service: GuardedService;
let guarded: ServedOperation[];
let before: unknown;

beforeAll(async () => {
  service = await openGuardedService(trust);
  guarded = service.operations.filter((operation) => accessTo(operation) !== 'public');
  before = await service.fingerprint();
});
afterAll(() => service.close());

describe('every route of the running service', () => {
  it('is one of the few that need no token, or stands in the document and refuses without one', async () => {
    const described = new Set(service.operations.map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1')));
    const doors = service.routes.filter(
      ({ method, url }) =>
        !PUBLIC_OPERATIONS.includes(`${method === 'HEAD' ? 'GET' : method} ${url}`) &&
        !(PUBLIC_PAGES.test(url) && ['GET', 'HEAD'].includes(method)),
    );
    expect(doors.length).toBeGreaterThan(guarded.length);
    const hidden = doors.filter(
      ({ method, url }) => !described.has(`${method === 'HEAD' ? 'GET' : method} ${url}`),
    );
    expect(hidden).toEqual([]);
    const open = [];
    for (const { method, url } of doors) {
      const { status } = await fetch(`${service.stand.services[0]?.url}${fill(url, {})}`, { method });
      if (status !== 401) open.push({ method, url, status });
    }
    expect(open).toEqual([]);
  });

  it('says in the document whether it needs a token', () => {
    const open = service.operations.filter(({ needsToken }) => !needsToken).map(({ name }) => name);
    expect(open.sort()).toEqual(PUBLIC_OPERATIONS);
    const served = new Set(service.routes.map(({ method, url }) => `${method} ${url}`));
    const unserved = service.operations.filter(
      ({ name }) => !served.has(name.replaceAll(/\{(\w+)\}/g, ':$1')),
    );
    expect(unserved).toEqual([]);
  });
});

describe('every operation that needs a token', () => {
  it.each(forgeries)('refuses $title', async ({ header, says }) => {
    const answers = await Promise.all(guarded.map((operation) => service.call(operation, header)));
    for (const answer of answers) {
      expectRefusal(answer, 401, 'AWE-008');
      expect(answer.body.errors).toMatchObject([{ message: says }]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
    }
  });

  it('does so before it looks at the shape of the call', async () => {
    for (const header of [undefined, 'Bearer nonsense']) {
      for (const operation of guarded) {
        expectRefusal(await service.callMalformed(operation, header), 401, 'AWE-008');
      }
    }
  });

  it('takes the first of two Authorization headers, so that a second one lets nobody in', async () => {
    const good = await service.token();
    const [operation] = guarded;
    if (!operation) throw new Error('nothing is guarded');
    const url = `${service.stand.services[0]?.url}${fill(operation.path, {})}`;
    expect(await statusWith(url, ['Bearer nonsense', good])).toBe(401);
  });

  it('is told apart from a call whose headers are too large to be read', async () => {
    const url = `${service.stand.services[0]?.url}/v1/awe/tasks`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${'e'.repeat(20_000)}` } });
    expect(response.status).toBe(431);
    expect(await response.json()).toMatchObject({ errors: [{ errorCode: 'AWE-012' }] });
  });

  it('has changed nothing by all of this', async () => {
    expect(await service.fingerprint()).toEqual(before);
  });
});

describe('who may do what', () => {
  const roles = (...names: string[]) => ({ realm_access: { roles: names } });
  const clientRoles = (...names: string[]) => ({ resource_access: { portal: {}, other: { roles: names } } });

  it.each<[string, object, Access[]]>([
    ['nobody in particular', {}, ['anybody']],
    ['with roles of other services', roles('ADMIN', 'awe_admin', 'AWE_ADMIN '), ['anybody']],
    ['with roles in odd shapes', { realm_access: ['AWE_ADMIN'], resource_access: 'AWE_ADMIN' }, ['anybody']],
    [
      'with odd lists of roles',
      { realm_access: { roles: 'AWE_ADMIN' }, resource_access: [roles('AWE_ADMIN')] },
      ['anybody'],
    ],
    [
      'with roles beside their place',
      { roles: ['AWE_ADMIN'], groups: ['AWE_ADMIN'], scope: 'AWE_ADMIN' },
      ['anybody'],
    ],
    ['a viewer of the realm', roles('AWE_VIEWER'), ['anybody', 'viewer']],
    ['a viewer of a client', clientRoles('AWE_VIEWER'), ['anybody', 'viewer']],
    ['an admin of the realm', roles('AWE_ADMIN'), ['anybody', 'viewer', 'admin']],
    ['an admin of a client', clientRoles('AWE_ADMIN'), ['anybody', 'viewer', 'admin']],
  ])('%s', async (_, claims, may) => {
    const token = await service.token(claims);
    const wrong = [];
    for (const operation of guarded) {
      const access = accessTo(operation);
      const answer = await service.callMalformed(operation, token);
      if (may.includes(access)) {
        if ([401, 403].includes(answer.status) || answer.status >= 500)
          wrong.push([operation.name, answer.text]);
      } else {
        expectRefusal(
          answer,
          403,
          'AWE-008',
          access === 'admin' ? /needs the role AWE_ADMIN/ : /needs the role AWE_VIEWER or AWE_ADMIN/,
        );
      }
    }
    expect(wrong).toEqual([]);
    expect(await service.fingerprint()).toEqual(before);
  });

  it('claims and decides: the assignee or an administrator, and no viewer', async () => {
    const task = guarded.filter(({ name }) => /POST .*\/(claim|decision)$/.test(name));
    expect(task.map(({ name }) => name.split('/').at(-1))).toEqual(['claim', 'decision']);
    for (const claims of [{ sub: 'u-mallory' }, { sub: 'u-mallory', ...roles('AWE_VIEWER') }]) {
      for (const operation of task) {
        expectRefusal(await service.call(operation, await service.token(claims)), 403, 'AWE-008');
      }
    }
    expect(await service.fingerprint()).toEqual(before);
    const [claim, decide] = task as [ServedOperation, ServedOperation];
    expect((await service.call(claim, await service.token({ sub: 'u-alice' }))).status).toBe(200);
    expect(
      (await service.call(decide, await service.token({ sub: 'ada', ...clientRoles('AWE_ADMIN') }))).status,
    ).toBe(201);
    expect(await service.fingerprint()).not.toEqual(before);
  });
});

/** `fetch` would join the headers into one. */
async function statusWith(url: string, authorization: string[]): Promise<number | undefined> {
  const call = request(url, {
    headers: ['host', 'x', ...authorization.flatMap((each) => ['authorization', each])],
  });
  call.end();
  const [response] = await once(call, 'response');
  response.resume();
  return response.statusCode;
}
