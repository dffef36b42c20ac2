import { identityKind } from '../config/agreement.ts';
import type { Settings } from '../config/settings.ts';

/** How the service meets the open web, beside what its operations are. */
export type WebRules = {
  /** Web pages of these origins may call the API from a browser. */
  corsOrigins: readonly string[];
  /** Calls of one subject, or of one address without a good token, in a minute; 0 counts nothing. */
  callsPerMinute: number;
  /** For Strict-Transport-Security; 0 leaves it out. */
  hstsSeconds: number;
  /** Connections open at once; more are closed unheard. */
  maxConnections: number;
  /** Whether calls must name this machine as their host. */
  localHostOnly: boolean;
};

/** Nothing shared, nothing counted. */
export const PLAIN_WEB_RULES: WebRules = {
  corsOrigins: [],
  callsPerMinute: 0,
  hstsSeconds: 0,
  maxConnections: 10_000,
  localHostOnly: false,
};

export function webRules(settings: Settings): WebRules {
  const { server, auth } = settings;
  return {
    corsOrigins: server.cors_origins,
    callsPerMinute: server.rate_limit_per_minute,
    hstsSeconds: server.hsts_seconds,
    maxConnections: server.max_connections,
    localHostOnly: identityKind(settings) === 'development' && !auth.allow_insecure,
  };
}
