import ipaddr from 'ipaddr.js';
import { variableOf } from './setting-tree.ts';
import type { Settings } from './settings.ts';

/** Development identity believes unsigned tokens; it is what an empty `keycloak.issuer` means. */
export function identityKind(settings: Settings): 'development' | 'keycloak' {
  return settings.keycloak.issuer === null ? 'development' : 'keycloak';
}

/** Whether this machine itself may be called: as configured, else only in development identity. */
export function allowsLoopback(settings: Settings): boolean {
  return settings.outbound.allow_loopback ?? identityKind(settings) === 'development';
}

/** What settings say that are good one by one and cannot be meant together: a sentence each, naming what to set. */
export function disagreements(settings: Settings): string[] {
  return [...identityFaults(settings), ...directoryFaults(settings), ...retentionFaults(settings)];
}

/** Lookups need all of them; with some, every one would fail, and nobody would know before the first request does. */
function directoryFaults({ keycloak }: Settings): string[] {
  const { base_url, realm, admin_client_id, admin_client_secret } = keycloak;
  const needed = Object.entries({ base_url, realm, admin_client_id, admin_client_secret });
  const names = (given: boolean) =>
    needed.filter(([, value]) => (value !== null) === given).map(([name]) => `keycloak.${name}`);
  const [set, missing] = [names(true), names(false)];
  if (set.length === 0 || missing.length === 0) return [];
  return [
    `${missing.join(', ')} (${missing.map(variableOf).join(', ')}): missing beside ${set.join(', ')}; roles and groups are looked up in Keycloak with all four of these settings. Set what is missing, or none of them for no lookups`,
  ];
}

function retentionFaults({ retention }: Settings): string[] {
  if (retention.ended_requests_days === 0 || retention.archive_directory !== null) return [];
  return [
    'retention.archive_directory (AWE__RETENTION__ARCHIVE_DIRECTORY): missing beside retention.ended_requests_days; ended requests are removed only once they are archived. Set it to a directory that lasts, or ended_requests_days to 0 to keep them',
  ];
}

/** What about the identity settings would let somebody act as somebody else; `auth.allow_insecure` accepts some of it. */
function identityFaults(settings: Settings): string[] {
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

/** Why callback secrets cannot be stored, or null. In development identity a key is made and kept. */
export function encryptionFault(settings: Settings): string | null {
  if (settings.secrets.encryption_keys.length > 0 || identityKind(settings) === 'development') return null;
  return (
    'secrets.encryption_keys is empty: callback secrets are stored encrypted, and every replica needs the same key. ' +
    'Make one with `openssl rand -base64 32` and set AWE__SECRETS__ENCRYPTION_KEYS=["<key>"]; keep it safe, because ' +
    'what it encrypted cannot be read without it'
  );
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
      instead: `Set keycloak.${name} (${variableOf(`keycloak.${name}`)}) to an https:// URL`,
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

/** What is wrong with `DATABASE_URL`, which was written at `where`, or null. Never repeats it: it carries a password. */
export function databaseFault(databaseUrl: string | null, where: string): string | null {
  if (databaseUrl === null) return null;
  const url = parseDatabaseUrl(databaseUrl);
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return null;
  const fault = url
    ? `begins with ${url.protocol}`
    : 'is not a URL (special characters in the password are written as %40 and so on)';
  return `DATABASE_URL (${where}): ${fault}; write postgres://user:password@host:5432/database, or unset it for the embedded database`;
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  const bare = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}
