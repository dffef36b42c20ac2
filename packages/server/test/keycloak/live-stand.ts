import { randomBytes } from 'node:crypto';
import { CALLER, RESOLVER } from '../directory/sample-realm.ts';
import { type Answer, openStand, type Stand } from '../service/stand.ts';
import { KEYCLOAK_URL, personToken, serviceToken } from './real-keycloak.ts';

/** A service that trusts the real Keycloak, and the words in which people and services call it with its tokens. */
export async function openLiveStand(env: Record<string, string> = {}) {
  const stand: Stand = await openStand({
    env: {
      AWE__KEYCLOAK__ISSUER: `${KEYCLOAK_URL}/realms/awe`,
      AWE__KEYCLOAK__AUDIENCE: 'awe',
      AWE__KEYCLOAK__BASE_URL: KEYCLOAK_URL,
      AWE__KEYCLOAK__REALM: 'awe',
      AWE__KEYCLOAK__ADMIN_CLIENT_ID: RESOLVER.id,
      AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: RESOLVER.secret,
      AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([randomBytes(32).toString('base64')]),
      AWE__RESOLVER__HTTP_TIMEOUT_SECONDS: '20',
      ...env,
    },
  });
  const tokens = new Map<string, Promise<string>>();

  /** Calls with exactly this token. */
  async function bearing<Body>(
    token: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<Body>> {
    return stand.call<Body>(null, method, path, body, { headers: { authorization: `Bearer ${token}` } });
  }

  /** Calls as somebody of the sample realm; `registry-service` is the service of that name. */
  async function as<Body>(who: string, method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const token = tokens.get(who) ?? (who === CALLER.id ? serviceToken(CALLER) : personToken(who));
    tokens.set(who, token);
    return bearing<Body>(await token, method, path, body);
  }

  return {
    ...stand,
    as,
    bearing,
    /** As `ada`, who may; throws when it does not work. */
    publish: async (policy: { policy_key: string }) => {
      const created = await as('ada', 'POST', '/policies', policy);
      const path = `/policies/${encodeURIComponent(policy.policy_key)}/versions/1/activate`;
      const activated = await as('ada', 'POST', path);
      if (activated.status !== 200) throw new Error(`${created.text} ${activated.text}`);
    },
    create: <Body>(policy_key: string) =>
      as<Body>(CALLER.id, 'POST', '/requests', {
        policy_key,
        artifact_type: 'test.artifact',
        artifact_id: 'a-1',
        context: {},
      }),
  };
}

export type LiveStand = Awaited<ReturnType<typeof openLiveStand>>;
