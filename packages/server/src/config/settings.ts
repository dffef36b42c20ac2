import { type Static, Type } from 'typebox';
import { isHostPattern } from '../outbound/host-list.ts';
import { count, flag, optionalFlag, optionalText, optionalUrl, seconds, text, urlList } from './setting.ts';

const DAY = 86_400;

const webhook = Type.Object({
  timeout_seconds: seconds('How long a receiver has to answer one attempt', 10, 0.01, 300),
  max_attempts: count('Attempts before a delivery is exhausted', 6, 1, 100),
  backoff_seconds: Type.Array(Type.Number({ minimum: 0, maximum: 30 * DAY }), {
    description: 'Wait after the first, second, … failed attempt; the last entry repeats; seconds',
    default: [60, 300, 900, 3600, 21600],
    minItems: 1,
    maxItems: 100,
    expects: 'a list of at least one number of seconds, such as [60, 300]',
  }),
  poll_interval_seconds: seconds(
    'Longest sleep between looks at the outbox; commits wake it anyway',
    5,
    0.01,
    3600,
  ),
  batch_size: count('Deliveries claimed at once', 100, 1, 10_000),
  concurrency_per_receiver: count('Attempts in flight to one receiver', 8, 1, 1000),
  concurrency: count(
    'Attempts in flight altogether; new receivers and retries share what quick ones leave',
    256,
    1,
    10_000,
  ),
});

const keycloak = Type.Object({
  base_url: optionalUrl('Keycloak itself, for role and group lookups and the pickers'),
  realm: optionalText('Realm whose users approve'),
  admin_client_id: optionalText('Service account that may read users, roles and groups'),
  admin_client_secret: optionalText('Its secret', { secret: true }),
  issuer: optionalUrl(
    'The `iss` of tokens; empty means development identity, where unsigned tokens are believed',
  ),
  additional_issuers: urlList('Further accepted `iss` values: the same realm under other host names'),
  jwks_url: optionalUrl('Where the signing keys are; default: <issuer>/protocol/openid-connect/certs'),
  audience: optionalText('Required `aud`; empty accepts any'),
});

const server = Type.Object({
  host: text('Address to listen on', '127.0.0.1'),
  port: count('Port to listen on; 0 takes any free one', 8000, 0, 65_535),
  metrics_token: optionalText('Bearer token that GET /metrics then requires', { secret: true }),
  max_calls_in_flight: count(
    'Calls that are worked on at once; more are answered 503 with Retry-After',
    1000,
    1,
    100_000,
  ),
  body_limit_bytes: count('Largest request body; bytes', 262_144, 1024, 16_777_216),
  max_connections: count('Connections open at once; more are closed unheard', 10_000, 1, 1_000_000),
  rate_limit_per_minute: count(
    'Calls of one token subject in a minute, in each replica; calls without a good token count by address; more are answered 429; 0: no limit',
    0,
    0,
    10_000_000,
  ),
  cors_origins: Type.Array(
    Type.Refine(Type.String(), isOrigin, () => 'must be an origin'),
    {
      description: 'Origins whose web pages may call the API from a browser; none unless named',
      default: [],
      expects:
        'a list of exact origins such as ["https://portal.example.org"]: scheme, host and port as a browser sends them, no path, and no *',
    },
  ),
  hsts_seconds: count(
    'Strict-Transport-Security on every answer; it binds every port of the host to TLS; 0: none, as when a proxy sends it; seconds',
    0,
    0,
    63_072_000,
  ),
});

const auth = Type.Object({
  assignee_claim: Type.Enum(['sub', 'preferred_username'], {
    description: 'The claim that names a person in tasks, and what role and group lookups return',
    default: 'sub',
    expects: 'sub or preferred_username',
  }),
  allow_insecure: flag(
    'Accepts development identity on an address that others can reach, and Keycloak addresses without TLS',
    false,
  ),
  clock_leeway_seconds: seconds('Tolerance for exp and nbf', 60, 0, 3600),
});

const secrets = Type.Object({
  encryption_keys: Type.Array(
    Type.Refine(Type.String(), isEncryptionKey, () => 'must be 32 bytes in base64'),
    {
      description:
        'Keys that callback secrets are stored under (AES-256-GCM); the first encrypts, all decrypt',
      default: [],
      secret: true,
      expects: 'a list of 32-byte keys in base64 (`openssl rand -base64 32` makes one)',
    },
  ),
  default_callback_secret: optionalText(
    'Signs callbacks of requests that name no secret; `whsec_` and base64, or the shared secret your receivers know; empty: generated at first start',
    { secret: true },
  ),
});

const hostList = (description: string) =>
  Type.Array(
    Type.Refine(Type.String(), isHostPattern, () => 'must be a host'),
    {
      description,
      default: [],
      expects: 'a list of host names such as ["hooks.example.org", "*.example.net"]',
    },
  );

const outbound = Type.Object({
  deny_private: flag('Refuses callbacks and resolvers in private address ranges', false),
  allow_hosts: hostList(
    'When not empty, only these hosts are called; `*.example.org` means everything below',
  ),
  deny_hosts: hostList(
    'Hosts that are never called; wins over allow_hosts; an address is denied under every name that leads to it',
  ),
  max_response_bytes: count('Response bodies are cut after this; bytes', 1_048_576, 1024, 67_108_864),
  allow_loopback: optionalFlag(
    'Whether this machine itself may be called; empty: in development identity only',
  ),
});

const database = Type.Object({
  pool_size: count('Connections per replica', 12, 4, 1000),
  connect_timeout_seconds: seconds('How long to wait for a connection', 10, 0.1, 300),
  statement_timeout_seconds: seconds('Longest statement', 30, 0.1, 3600),
});

const retention = Type.Object({
  delivered_deliveries_days: count(
    'How long a webhook that was delivered stays listed; its event stays in the timeline; 0: for ever; days',
    90,
    0,
    36_500,
  ),
  ended_requests_days: count(
    'How long after its end a request is written to the archive and removed; 0: it is kept for ever; days',
    0,
    0,
    36_500,
  ),
  archive_directory: optionalText(
    'Where ended requests are archived before they are removed: a directory that is there, lasts and is backed up; required with ended_requests_days',
  ),
});

/** Every setting with its type, unit and default: what may stand under `awe:` in the file. */
export const Settings = Type.Object({
  service_id: text('`id` in response envelopes', 'openg2p.awe'),
  api_version: text('`version` in response envelopes', '1.0'),
  module: text('Name of this module in logs', 'awe'),
  webhook,
  resolver: Type.Object({
    http_timeout_seconds: seconds('How long a caller’s resolver or Keycloak has to answer', 5, 0.01, 60),
  }),
  sla: Type.Object({
    check_interval_seconds: seconds('Longest sleep between looks for overdue tasks', 300, 0.01, 3600),
  }),
  keycloak,
  server,
  auth,
  idempotency: Type.Object({
    retention_days: count('How long an Idempotency-Key is remembered; days', 365, 1, 36_500),
  }),
  retention,
  secrets,
  outbound,
  database,
});

export type Settings = Static<typeof Settings>;

function isOrigin(value: string): boolean {
  return /^https?:[^*]+$/.test(value) && URL.parse(value)?.origin === value;
}

function isEncryptionKey(value: string): boolean {
  return base64Bytes(value) === 32;
}

function base64Bytes(value: string): number | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? Buffer.from(value, 'base64').length : null;
}
