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

/** What the identity settings contradict each other in. */
export function identityFaults(settings: Settings): string[] {
  if (identityKind(settings) === 'keycloak') return [];
  const { keycloak, server, auth } = settings;
  const faults: string[] = [];
  if (keycloak.jwks_url !== null || keycloak.audience !== null || keycloak.additional_issuers.length > 0) {
    faults.push(
      'keycloak.issuer is empty although jwks_url, audience or additional_issuers is set: without it every token would be believed, unsigned ones too. Set keycloak.issuer (AWE__KEYCLOAK__ISSUER), or remove the others for development',
    );
  }
  if (!isLoopback(server.host) && !auth.allow_insecure) {
    faults.push(
      `server.host is ${server.host}, which others can reach, while keycloak.issuer is empty: anybody could act as anybody. Set keycloak.issuer (AWE__KEYCLOAK__ISSUER), or server.host to 127.0.0.1, or AWE__AUTH__ALLOW_INSECURE=true if this network is yours alone`,
    );
  }
  return faults;
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
