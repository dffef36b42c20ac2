import { describe, expect, it } from 'vitest';
import { acceptedRisks } from '../../src/config/agreement.ts';
import { loadConfig } from '../../src/config/config.ts';
import { StartFailure } from '../../src/start-failure.ts';

const INSECURE = { AWE__AUTH__ALLOW_INSECURE: 'true' };
const SECURE = {
  AWE__KEYCLOAK__ISSUER: 'https://kc.example/realms/r',
  AWE__KEYCLOAK__JWKS_URL: 'https://kc.example/certs',
  AWE__KEYCLOAK__BASE_URL: 'https://kc.example',
  AWE__KEYCLOAK__REALM: 'r',
  AWE__KEYCLOAK__ADMIN_CLIENT_ID: 'awe',
  AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: 'secret',
};
const NAMES = ['issuer', 'jwks_url', 'base_url'] as const;

const load = (env: Record<string, string>) => loadConfig({ env, cwd: '/nowhere' });
const having = (name: (typeof NAMES)[number], url: string) => ({
  ...SECURE,
  [`AWE__KEYCLOAK__${name.toUpperCase()}`]: url,
});

function refusal(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    if (error instanceof StartFailure) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const risk = (name: string, origin: string) =>
  `keycloak.${name} is ${origin}, without TLS: whoever sits in between could hand out keys or people of his own, and be anybody`;

describe.each(NAMES)('keycloak.%s', (name) => {
  it('needs TLS', () => {
    for (const origin of ['http://keycloak:8080', 'http://10.0.0.7', 'http://localhost.example']) {
      expect(refusal(having(name, `${origin}/realms/r`))).toBe(
        `The configuration has a problem:\n  - ${risk(name, origin)}. Set keycloak.${name} (AWE__KEYCLOAK__${name.toUpperCase()}) to an https:// URL, or AWE__AUTH__ALLOW_INSECURE=true if this network is yours alone`,
      );
    }
  });

  it('may do without on this machine', () => {
    for (const host of ['127.0.0.1:8080', '127.1', 'localhost', 'LOCALHOST:8080', '[::1]:8080']) {
      const config = load(having(name, `http://${host}/realms/r`));
      expect(acceptedRisks(config)).toEqual([]);
    }
  });

  it('may do without where the operator says that it is safe, and remains a risk to be named', () => {
    const config = load({ ...having(name, 'http://keycloak:8080/realms/r'), ...INSECURE });
    expect(config.keycloak[name]).toBe('http://keycloak:8080/realms/r');
    expect(acceptedRisks(config)).toEqual([risk(name, 'http://keycloak:8080')]);
  });
});

describe('what is accepted', () => {
  it('without TLS: other names of the issuer, from which nothing is fetched', () => {
    const inside = ['http://keycloak:8080/realms/r'];
    const config = load({ ...SECURE, AWE__KEYCLOAK__ADDITIONAL_ISSUERS: JSON.stringify(inside) });
    expect(config.keycloak.additional_issuers).toEqual(inside);
    expect(acceptedRisks(config)).toEqual([]);
  });

  it('in development: an address that others can reach, once the operator insists', () => {
    const reachable = { AWE__SERVER__HOST: '0.0.0.0' };
    const what =
      'server.host is 0.0.0.0, which others can reach, while keycloak.issuer is empty: anybody could act as anybody';
    expect(refusal(reachable)).toBe(
      `The configuration has a problem:\n  - ${what}. Set keycloak.issuer (AWE__KEYCLOAK__ISSUER), or server.host to 127.0.0.1, or AWE__AUTH__ALLOW_INSECURE=true if this network is yours alone`,
    );
    expect(acceptedRisks(load({ ...reachable, ...INSECURE }))).toEqual([what]);
  });

  it('never: half a production identity', () => {
    expect(refusal({ AWE__KEYCLOAK__AUDIENCE: 'awe', ...INSECURE })).toContain(
      'keycloak.issuer is empty although jwks_url, audience or additional_issuers is set',
    );
  });
});
