import ipaddr from 'ipaddr.js';
import type { Settings } from './settings.ts';

/** Development identity believes unsigned tokens; it is what an empty `keycloak.issuer` means. */
export function identityKind(settings: Settings): 'development' | 'keycloak' {
  return settings.keycloak.issuer === null ? 'development' : 'keycloak';
}

/** Whether this machine itself may be called: as configured, else only in development identity. */
export function allowsLoopback(settings: Settings): boolean {
  return settings.outbound.allow_loopback ?? identityKind(settings) === 'development';
}

/** What about the identity settings would let somebody act as somebody else; `auth.allow_insecure` accepts some of it. */
export function identityFaults(settings: Settings): string[] {
  const { keycloak, auth } = settings;
  const faults: string[] = [];
  const isHalf = keycloak.jwks_url ?? keycloak.audience ?? keycloak.additional_issuers[0] ?? null;
  if (keycloak.issuer === null && isHalf !== null) {
    faults.push(
      'keycloak.issuer is empty although jwks_url, audience or additional_issuers is set: without it every token would be believed, unsigned ones too. Set keycloak.issuer (AWE__KEYCLOAK__ISSUER), or remove the others for development',
    );
  }
  if (auth.allow_insecure) return faults;
  return [
    ...faults,
    ...exposures(settings).map(
      ({ what, instead }) =>
        `${what}. ${instead}, or AWE__AUTH__ALLOW_INSECURE=true if this network is yours alone`,
    ),
  ];
}

/** What `auth.allow_insecure` accepts here: one sentence each, to be said wherever an operator looks. */
export function acceptedRisks(settings: Settings): string[] {
  return exposures(settings).map(({ what }) => what);
}

type Exposure = { what: string; instead: string };

function exposures({ keycloak, server }: Settings): Exposure[] {
  const found: Exposure[] = [];
  if (keycloak.issuer === null && !isLoopback(server.host)) {
    found.push({
      what: `server.host is ${server.host}, which others can reach, while keycloak.issuer is empty: anybody could act as anybody`,
      instead: 'Set keycloak.issuer (AWE__KEYCLOAK__ISSUER), or server.host to 127.0.0.1',
    });
  }
  // Not additional_issuers: they are names to compare with, and nothing is fetched from them.
  for (const name of ['issuer', 'jwks_url', 'base_url'] as const) {
    const url = keycloak[name] === null ? null : URL.parse(keycloak[name]);
    if (url?.protocol !== 'http:' || isLoopback(url.hostname)) continue;
    found.push({
      what: `keycloak.${name} is ${url.origin}, without TLS: whoever sits in between could hand out keys or people of his own, and be anybody`,
      instead: `Set keycloak.${name} (AWE__KEYCLOAK__${name.toUpperCase()}) to an https:// URL`,
    });
  }
  return found;
}

/** A database URL; libpq's form without a host (`postgres://user@/db?host=/run/pg`) counts, though it is no URL elsewhere. */
export function parseDatabaseUrl(databaseUrl: string): URL | null {
  return (
    URL.parse(databaseUrl) ??
    URL.parse(databaseUrl.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)\//, '$1localhost/'))
  );
}

/** What is wrong with `DATABASE_URL`, or null. Never repeats it: it carries a password. */
export function databaseFault(databaseUrl: string | null): string | null {
  if (databaseUrl === null) return null;
  const url = parseDatabaseUrl(databaseUrl);
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return null;
  const fault = url
    ? `begins with ${url.protocol}`
    : 'is not a URL (special characters in the password are written as %40 and so on)';
  return `DATABASE_URL (environment variable DATABASE_URL): ${fault}; write postgres://user:password@host:5432/database, or unset it for the embedded database`;
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  const bare = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}
