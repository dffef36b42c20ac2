import type { Settings } from '../../config/settings.ts';

/** Where Keycloak is and as whom the directory reads it: everything that lookups need to be configured. */
export type KeycloakAccess = {
  /** Without a slash at the end. */
  baseUrl: string;
  realm: string;
  clientId: string;
  clientSecret: string;
};

/** The access that the settings describe, or a sentence saying which of them are missing. */
export function keycloakAccess({ keycloak }: Pick<Settings, 'keycloak'>): KeycloakAccess | string {
  const { base_url, realm, admin_client_id, admin_client_secret } = keycloak;
  if (base_url && realm && admin_client_id && admin_client_secret) {
    return {
      baseUrl: base_url.replace(/\/+$/, ''),
      realm,
      clientId: admin_client_id,
      clientSecret: admin_client_secret,
    };
  }
  const needed = { base_url, realm, admin_client_id, admin_client_secret };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [`keycloak.${name}`]));
  return `Keycloak is not configured: set ${missing.join(', ')} (docs/keycloak.md)`;
}
