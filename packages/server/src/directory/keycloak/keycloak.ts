import type { Clock } from '../../clock.ts';
import type { Settings } from '../../config/settings.ts';
import type { Source } from '../directory.ts';
import { keycloakAccess } from './access.ts';
import { createPickers, noPickers, type Pickers } from './pickers.ts';
import { connectRealm, type FetchOptions } from './realm.ts';
import { keycloakSources } from './sources.ts';

/** What the realm's directory is used for: finding approvers, and writing policies about them. */
export type Keycloak = {
  sources: { role: Source; group: Source };
  pickers: Pickers;
};

export type KeycloakOptions = {
  /** The real time, by which Keycloak's tokens expire. */
  now: Clock['now'];
  fetchOptions?: FetchOptions;
};

/**
 * How Keycloak is called. Approvals arrive together, and a realm must not be flooded by them: whoever finds all
 * connections busy waits within the time for one answer. A page of 200 users has some 100 KB; clients come whole, with
 * some 5 KB each.
 */
export const KEYCLOAK_CALLS = { connections: 16, maxResponseBytes: 16_777_216 };

/** Opens no connection yet. Without all settings, whatever is asked fails with a reason that names the missing ones. */
export function createKeycloak(
  settings: Pick<Settings, 'keycloak' | 'auth' | 'resolver'>,
  options: KeycloakOptions,
): Keycloak {
  const access = keycloakAccess(settings);
  if (typeof access === 'string') {
    const fails: Source = async () => ({ ok: false, reason: access });
    return { sources: { role: fails, group: fails }, pickers: noPickers(access) };
  }
  const timeoutMs = settings.resolver.http_timeout_seconds * 1000;
  const realm = connectRealm({ access, timeoutMs, ...options });
  const claim = settings.auth.assignee_claim;
  return { sources: keycloakSources(realm, claim), pickers: createPickers(realm, claim) };
}
