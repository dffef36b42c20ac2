import { isAbsolute, join } from 'node:path';
import { kindOf, settingAt } from './setting-tree.ts';

export type Env = Record<string, string | undefined>;

/** The environment with secrets that were named by their file; `where` says which place a variable's value came from. */
export type ResolvedEnv = { env: Env; where: (variable: string) => string; problems: string[] };

const FILE_SUFFIX = /_FILE$/i;

/**
 * Reads the files that `DATABASE_URL_FILE` and `AWE__…_FILE` of secret settings name, as containers mount secrets: the
 * value is the file's text without blanks around it, for a list JSON or one item a line.
 */
export function resolveSecretFiles(env: Env, cwd: string, readFile: (path: string) => string): ResolvedEnv {
  const resolved: Env = { ...env };
  const places = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, path] of Object.entries(env)) {
    const kind = secretKind(name);
    if (kind === null) continue;
    delete resolved[name];
    if (!path) continue;
    const variable = name.replace(FILE_SUFFIX, '');
    if (env[variable]) {
      problems.push(`${variable} and ${name} (environment variables): both are set; unset one of them`);
      continue;
    }
    const text = textOf(isAbsolute(path) ? path : join(cwd, path), readFile);
    if ('fault' in text) {
      problems.push(
        `${variable} (file ${path}, named by environment variable ${name}): ${text.fault}; correct the path or the file`,
      );
      continue;
    }
    places.set(variable, `file ${path}, named by environment variable ${name}`);
    resolved[variable] = kind === 'array' ? asJsonList(text.read) : text.read;
  }
  return { env: resolved, where: (name) => places.get(name) ?? `environment variable ${name}`, problems };
}

/** What the secret is whose file this variable names; null: it names none. */
function secretKind(name: string): string | null {
  if (name === 'DATABASE_URL_FILE') return 'string';
  if (!/^AWE__/i.test(name) || !FILE_SUFFIX.test(name)) return null;
  const path = name.replace(FILE_SUFFIX, '').slice('AWE__'.length).toLowerCase().split('__');
  const node = settingAt(path);
  return node?.secret ? kindOf(node).type : null;
}

function textOf(path: string, readFile: (path: string) => string): { read: string } | { fault: string } {
  try {
    const read = readFile(path).trim();
    return read === '' ? { fault: 'is empty' } : { read };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { fault: `cannot be read (${code})` };
  }
}

function asJsonList(text: string): string {
  if (text.startsWith('[')) return text;
  return JSON.stringify(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}
