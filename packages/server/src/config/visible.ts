import { allowsLoopback, identityKind, parseDatabaseUrl } from './agreement.ts';
import type { Config } from './config.ts';
import { SETTING_TREE, type SettingNode } from './setting-tree.ts';

/**
 * The effective settings as `GET /config` shows them to anybody: secrets only as `set` or `not set`, the database
 * only as host and name, and which identity is in force.
 */
export function visibleConfig(config: Config): Record<string, unknown> {
  const { databaseUrl, ...settings } = config;
  const visible = hideSecrets(SETTING_TREE, settings) as Record<string, object>;
  return {
    ...visible,
    identity: identityKind(config),
    outbound: { ...visible.outbound, allow_loopback: allowsLoopback(config) },
    database: {
      ...visible.database,
      server: databaseUrl === null ? 'embedded' : hostAndName(databaseUrl),
    },
  };
}

function hideSecrets(node: SettingNode, value: unknown): unknown {
  if (node.secret) return value === null || (Array.isArray(value) && value.length === 0) ? 'not set' : 'set';
  if (!node.properties) return value;
  const members = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(node.properties).map(([name, child]) => [name, hideSecrets(child, members[name])]),
  );
}

function hostAndName(databaseUrl: string): string {
  const url = parseDatabaseUrl(databaseUrl);
  return url ? `${url.host}${url.pathname}` : 'unknown';
}
