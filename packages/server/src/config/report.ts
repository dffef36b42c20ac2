import { acceptedRisks, identityKind } from './agreement.ts';
import type { ReadConfig } from './config.ts';
import { SETTINGS } from './setting-tree.ts';
import { visibleConfig } from './visible.ts';

/**
 * What is in force, for people: a line for each setting with its value and the place it was written in, then what the
 * operator should know about it. Without secrets, of which it says only whether they are set.
 */
export function configReport({ config, origins }: ReadConfig): string {
  const visible = visibleConfig(config);
  const rows = SETTINGS.map(({ key, node }) => {
    const value = key
      .split('.')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], visible);
    return [key, node.secret ? `(${value})` : JSON.stringify(value), origins.get(key) ?? 'default'];
  });
  const { server } = visible.database as { server: string };
  rows.push(['DATABASE_URL', server, origins.get('DATABASE_URL') ?? 'default']);
  return `${[...columns(rows), ...notes(config)].join('\n')}\n`;
}

/** The first two columns as wide as their longest cell that is no list. */
function columns(rows: readonly string[][]): string[] {
  const width = (column: number) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0).filter((length) => length <= LONGEST_CELL));
  const widths = [width(0), width(1)];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

const LONGEST_CELL = 48;

function notes(config: ReadConfig['config']): string[] {
  const warnings = acceptedRisks(config).map((risk) => `auth.allow_insecure is set: ${risk}.`);
  if (identityKind(config) === 'development')
    warnings.unshift('Development identity: tokens are believed unsigned, because keycloak.issuer is empty.');
  return ['', ...warnings.map((warning) => `Warning: ${warning}`), 'The configuration can be used.'];
}
