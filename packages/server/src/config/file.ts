import { isAbsolute, join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { StartFailure } from '../start-failure.ts';
import type { Entry } from './environment.ts';

const DEFAULT_FILE = 'config/default.yaml';

/**
 * What the YAML file says under `awe:`. Without `CONFIG_PATH` the default file may be absent; a file that was asked for
 * must be there.
 * @throws StartFailure when the file cannot be read, is not YAML, or has something beside `awe:`
 */
export function fileEntries(
  configPath: string | undefined,
  cwd: string,
  readFile: (path: string) => string,
): Entry[] {
  const name = configPath || DEFAULT_FILE;
  const lines = new LineCounter();
  const document = parseDocument(textOf(name, Boolean(configPath), cwd, readFile), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const fault = document.errors[0];
  if (fault) {
    const place = `${name}:${lines.linePos(fault.pos[0]).line}`;
    throw new StartFailure(
      `The configuration file ${place} is not YAML: ${fault.message}. Correct that line.`,
    );
  }
  const where = (path: readonly string[]) => {
    const offset = keyOffset(document, path);
    return offset === null ? name : `${name}:${lines.linePos(offset).line}`;
  };
  const whole = contentOf(name, document);
  for (const key of Object.keys(whole)) {
    if (key !== 'awe') {
      throw new StartFailure(
        `The configuration file ${where([key])} has the key "${key}" beside "awe". Move what belongs to AWE under "awe:" and remove the rest.`,
      );
    }
  }
  return [{ path: [], value: whole.awe ?? {}, where: (path) => where(['awe', ...path]) }];
}

function textOf(name: string, asked: boolean, cwd: string, readFile: (path: string) => string): string {
  try {
    return readFile(isAbsolute(name) ? name : join(cwd, name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' && !asked) return '';
    const wayOut = asked ? 'Correct CONFIG_PATH, or unset it.' : 'Make it readable, or remove it.';
    throw new StartFailure(`The configuration file ${name} cannot be read (${code}). ${wayOut}`);
  }
}

function contentOf(name: string, document: Document): Record<string, unknown> {
  const content: unknown = document.toJS();
  if (content === null || content === undefined) return {};
  if (typeof content === 'object' && !Array.isArray(content)) return content as Record<string, unknown>;
  throw new StartFailure(`The configuration file ${name} is not a mapping. Put the settings under "awe:".`);
}

/** Where the key at this path stands in the text, or its nearest parent when it has no place of its own. */
function keyOffset(document: Document, path: readonly string[]): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const name of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (!pair) break;
    if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
    node = pair.value;
  }
  return offset;
}
