import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { goodClaims, type Trust } from '../identity/forged-tokens.ts';
import { ecKey, issuer, rsaKey, signed } from '../identity/tokens.ts';
import { type Answer, openStand, type Stand } from './stand.ts';
import { type Created, policyOf, user } from './story.ts';

export type ServedOperation = {
  /** `POST /v1/awe/policies` */
  name: string;
  method: string;
  path: string;
  example: unknown;
  needsToken: boolean;
};

export type Route = { method: string; url: string };

export type GuardedService = {
  trust: Trust;
  stand: Stand;
  /** What the running service says of itself in its document. */
  operations: ServedOperation[];
  /** What the framework really listens to. */
  routes: Route[];
  /** A good token with these claims more. */
  token: (claims?: object) => Promise<string>;
  /** The operation with its own example, on rows that are there and would change. */
  call: (operation: ServedOperation, authorization: string | undefined) => Promise<Answer>;
  /** The same with everything wrong that a check of its shape could find. */
  callMalformed: (operation: ServedOperation, authorization: string | undefined) => Promise<Answer>;
  /** Changes with any row of any table. */
  fingerprint: () => Promise<unknown>;
  close: () => Promise<void>;
};

const UNKNOWN = '0197b1a2-0000-7000-8000-000000000000';

export const TRUST: Omit<Trust, 'nowSeconds'> = {
  key: rsaKey('first'),
  curved: ecKey('curved'),
  issuer: 'https://kc.example/realms/registry',
  audience: 'awe',
};

/** The whole service with production identity, whose issuer's keys are served locally, and something in every table. */
export async function openGuardedService(trust: Trust): Promise<GuardedService> {
  const keys = await issuer([trust.key, trust.curved]);
  const { stand, routes } = await noteRoutes(() =>
    openStand({
      env: {
        AWE__KEYCLOAK__ISSUER: trust.issuer,
        AWE__KEYCLOAK__JWKS_URL: keys.url,
        AWE__KEYCLOAK__AUDIENCE: trust.audience,
        AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 7).toString('base64')]),
        AWE__OUTBOUND__ALLOW_LOOPBACK: 'true',
        AWE__WEBHOOK__MAX_ATTEMPTS: '1',
      },
    }),
  );
  const token = (claims: object = {}) =>
    signed(trust.key, { ...goodClaims(trust), realm_access: {}, ...claims });
  const authorization = await token({ sub: 'ada', realm_access: { roles: ['AWE_ADMIN'] } });
  const ids = await furnish(stand, authorization);
  const send = (method: string, path: string, header: string | undefined, body: unknown, type: string) =>
    stand.call(null, method, path.replace('/v1/awe', ''), body, {
      headers: {
        ...(header !== undefined && { authorization: header }),
        ...(body !== undefined && { 'content-type': type }),
      },
    });
  return {
    trust,
    stand,
    operations: await servedOperations(stand),
    routes,
    token,
    call: ({ method, path, example }, header) =>
      send(method, fill(path, ids), header, example, 'application/json'),
    callMalformed: ({ method, path }, header) =>
      send(
        method,
        `${fill(path, {})}?limit=0&cursor=%00`,
        header,
        method === 'GET' ? undefined : '{',
        'text/plain',
      ),
    fingerprint: () =>
      stand.sql(`
        select table_name, md5(query_to_xml(format('select * from %I t order by t::text', table_name), true, true, '')::text)
          from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE'
         order by 1`),
    close: async () => {
      await stand.close();
      await keys.stop();
    },
  };
}

/** The framework announces each instance before it has routes. */
async function noteRoutes(open: () => Promise<Stand>): Promise<{ stand: Stand; routes: Route[] }> {
  const routes: Route[] = [];
  const listen = (message: unknown) =>
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((each) => ({ method: each, url })));
    });
  diagnostics.subscribe('fastify.initialization', listen);
  try {
    return { stand: await open(), routes };
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
  }
}

type Described = {
  security?: unknown[];
  requestBody?: { content: Record<string, { example?: unknown }> };
};

async function servedOperations(stand: Stand): Promise<ServedOperation[]> {
  const { body } = await stand.call<{ paths: Record<string, Record<string, Described>> }>(
    null,
    'GET',
    '/openapi.json',
  );
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, { security = [], requestBody }]) => ({
      name: `${name.toUpperCase()} ${path}`,
      method: name.toUpperCase(),
      path,
      example: requestBody?.content['application/json']?.example,
      needsToken: security.length > 0,
    })),
  );
}

/** Paths in the document's style and in the framework's. */
export function fill(path: string, ids: Record<string, string>): string {
  return path
    .replaceAll(
      /\{(\w+)\}|:(\w+)/g,
      (_, ...[documented, routed]: string[]) => ids[documented ?? routed ?? ''] ?? UNKNOWN,
    )
    .replace('{version}', '1')
    .replace('*', 'x');
}

/** An active policy with a draft after it, a request with an open task, a delegation, and a delivery that could be retried. */
async function furnish(stand: Stand, authorization: string): Promise<Record<string, string>> {
  const ask = async <T = { id: string }>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await stand.call<T>(null, method, path, body, { headers: { authorization } });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  const policy = policyOf('kept', [{ rules: [user('u-alice')] }]);
  await ask('POST', '/policies', policy);
  await ask('POST', '/policies/kept/versions/1/activate');
  await ask('PUT', '/policies/kept', policy);
  const created = await ask<Created>('POST', '/requests', {
    policy_key: 'kept',
    artifact_type: 'test.artifact',
    artifact_id: 'a-1',
    callback_url: 'http://127.0.0.1:9/nobody',
  });
  const delegation = await ask('POST', '/delegations', {
    user_id: 'u-bob',
    delegate_to: 'u-carol',
    starts_at: '2030-01-01T00:00:00Z',
    ends_at: '2031-01-01T00:00:00Z',
  });
  const deliveries = await settled(() => ask<{ id: string; status: string }[]>('GET', '/admin/deliveries'));
  // The only read that writes: once there is nothing new, it does not.
  await ask('GET', '/admin/checkpoint');
  return {
    policy_key: 'kept',
    version: '2',
    request_id: created.request_id,
    task_id: created.tasks[0]?.id ?? '',
    delegation_id: delegation.id,
    delivery_id: deliveries[0]?.id ?? '',
  };
}

/** Asks until the workers have nothing left to write; each question waits for its answer, so that no time is guessed. */
async function settled<Row extends { status: string }>(list: () => Promise<Row[]>): Promise<Row[]> {
  for (;;) {
    const rows = await list();
    if (rows.length > 0 && rows.every(({ status }) => status !== 'pending')) return rows;
  }
}
