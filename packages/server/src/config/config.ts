import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { StartFailure } from '../start-failure.ts';
import { databaseFault, disagreements } from './agreement.ts';
import { type Entry, environmentEntries } from './environment.ts';
import { fileEntries } from './file.ts';
import { nearestKey } from './nearest-key.ts';
import { resolveSecretFiles } from './secret-files.ts';
import {
  KNOWN_KEYS,
  kindOf,
  SETTING_TREE,
  type SettingNode,
  settingAt,
  settingFault,
} from './setting-tree.ts';
import { Settings } from './settings.ts';

/** Everything the operator decided. `databaseUrl` is null for the embedded database. */
export type Config = Settings & { databaseUrl: string | null };

export type ConfigSources = {
  env: Record<string, string | undefined>;
  /** What a relative `CONFIG_PATH` is relative to. */
  cwd: string;
  /** Reads a text file; throws an error with `code` as `fs` does. */
  readFile?: (path: string) => string;
};

/** What is in force, and where each setting was written that is not at its default: by dotted name, and `DATABASE_URL`. */
export type ReadConfig = { config: Config; origins: ReadonlyMap<string, string> };

/** The configuration while it is put together. */
type Draft = { settings: Settings; origins: Map<string, string> };

/**
 * Defaults, overridden by the YAML file, overridden by `AWE__…` environment variables; `DATABASE_URL` beside them.
 * @throws StartFailure naming every unknown key and bad value at once, with its place and the way out
 */
export function readConfig({ env, cwd, readFile = readText }: ConfigSources): ReadConfig {
  const draft: Draft = { settings: Value.Create(Settings), origins: new Map() };
  const resolved = resolveSecretFiles(env, cwd, readFile);
  const problems = [...fileEntries(env.CONFIG_PATH, cwd, readFile), ...environmentEntries(resolved)].flatMap(
    (entry) => apply(entry, draft),
  );
  problems.push(...resolved.problems);
  const databaseUrl = resolved.env.DATABASE_URL?.trim() || null;
  if (databaseUrl !== null) draft.origins.set('DATABASE_URL', resolved.where('DATABASE_URL'));
  const urlFault = databaseFault(databaseUrl, resolved.where('DATABASE_URL'));
  if (urlFault) problems.push(urlFault);
  // Settings that contradict each other are judged only once each of them is good by itself.
  if (problems.length === 0) problems.push(...disagreements(draft.settings));
  if (problems.length > 0) {
    const heading = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    throw new StartFailure(
      `The configuration has ${heading}:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
    );
  }
  return { config: { ...draft.settings, databaseUrl }, origins: draft.origins };
}

/** The configuration of {@link readConfig} alone. */
export function loadConfig(sources: ConfigSources): Config {
  return readConfig(sources).config;
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function apply(entry: Entry, draft: Draft): string[] {
  const node = settingAt(entry.path);
  return node ? applyAt(node, entry.path, entry.value, entry, draft) : [unknownKey(entry.path, entry)];
}

function applyAt(node: SettingNode, path: string[], value: unknown, entry: Entry, draft: Draft): string[] {
  if (!node.properties) return applySetting(node, path, value, entry, draft);
  if (value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    const name = path.join('.') || 'awe';
    return [
      `${name} (${entry.where(path)}): a section, not one value; it holds ${Object.keys(node.properties).join(', ')}`,
    ];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const below = [...path, name];
    const child = settingAt(below);
    return child ? applyAt(child, below, member, entry, draft) : [unknownKey(below, entry)];
  });
}

function applySetting(
  node: SettingNode,
  path: string[],
  written: unknown,
  entry: Entry,
  draft: Draft,
): string[] {
  const value = written === '' && kindOf(node).nullable ? null : written;
  const fault = settingFault(node, value);
  if (fault) return [`${path.join('.')} (${entry.where(path)}): ${fault}`];
  put(draft.settings, path, value);
  draft.origins.set(path.join('.'), entry.where(path));
  return [];
}

function put(settings: Settings, path: readonly string[], value: unknown): void {
  let section = settings as Record<string, unknown>;
  for (const name of path.slice(0, -1)) section = section[name] as Record<string, unknown>;
  section[path.at(-1) ?? ''] = value;
}

function unknownKey(path: readonly string[], entry: Entry): string {
  const key = path.join('.');
  const near = nearestKey(key, KNOWN_KEYS);
  const siblings = Object.keys((settingAt(path.slice(0, -1)) ?? SETTING_TREE).properties ?? {});
  const hint = near ? `did you mean ${near}?` : `known here: ${siblings.join(', ')}. Correct or remove it`;
  return `${key} (${entry.where(path)}): unknown key; ${hint}`;
}
