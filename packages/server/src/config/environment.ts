import type { ResolvedEnv } from './secret-files.ts';
import { kindOf, type SettingNode, settingAt } from './setting-tree.ts';

/**
 * One value that somebody wrote down: a setting or a whole section, at its path below `awe`. `where` names the place a
 * given path inside it comes from, so that a message can say whom to correct.
 */
export type Entry = { path: string[]; value: unknown; where: (path: readonly string[]) => string };

/** `AWE__WEBHOOK__MAX_ATTEMPTS=3` → `webhook.max_attempts`. Sections come before what is inside them. */
export function environmentEntries({ env, where }: Pick<ResolvedEnv, 'env' | 'where'>): Entry[] {
  return Object.entries(env)
    .flatMap(([name, text]) => {
      if (text === undefined || !/^AWE__/i.test(name)) return [];
      const path = name.slice('AWE__'.length).toLowerCase().split('__');
      const node = settingAt(path);
      return [{ path, value: node ? valueOfText(node, text) : text, where: () => where(name) }];
    })
    .sort((a, b) => a.path.length - b.path.length);
}

/** Text that does not fit is left as it is: the check that follows then shows what was written. */
function valueOfText(node: SettingNode, text: string): unknown {
  if (node.properties) return json(text);
  const { type, nullable } = kindOf(node);
  const trimmed = text.trim();
  if (nullable && trimmed === '') return null;
  switch (type) {
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : text;
    case 'boolean':
      return flags.get(trimmed.toLowerCase()) ?? text;
    case 'array':
      return trimmed === '' ? [] : json(text);
    default:
      return text;
  }
}

const flags = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
