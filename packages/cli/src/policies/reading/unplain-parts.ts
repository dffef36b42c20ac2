import { quote } from '@awe/engine/fault';
import { type Alias, type Document, isAlias, isScalar, type Node, visit, type YAMLMap } from 'yaml';

/** Where it starts, counted in characters, and what is wrong. */
export type UnplainPart = { offset: number; message: string };

/** How often aliases may repeat things, in all: far beyond any real file. */
export const MAX_ALIASES = 100;

const PLAIN_TAG = /^tag:yaml\.org,2002:(map|seq|str|int|float|bool|null)$/;

/** What YAML can say and JSON cannot, and what would silently mean something else. */
export function unplainParts(document: Document): UnplainPart[] {
  const parts: UnplainPart[] = [];
  const report = ({ range }: Pick<Node, 'range'>, message: string | null) => {
    if (message !== null) parts.push({ offset: range?.[0] ?? 0, message });
  };
  let aliases = 0;
  visit(document, {
    Map: (_, map) => {
      report(map, tagProblem(map));
      for (const { key, message } of keyProblems(map)) report(key, message);
    },
    Seq: (_, list) => report(list, tagProblem(list)),
    Scalar: (_, scalar) => report(scalar, tagProblem(scalar) ?? valueProblem(scalar.value)),
    Alias: (_, alias, ancestors) => {
      aliases += 1;
      // Each is looked for through the whole document.
      if (aliases > MAX_ALIASES) {
        report(alias, `there are more than ${MAX_ALIASES} aliases: write the values out`);
        return visit.BREAK;
      }
      if (ancestors.some((each) => each === alias.resolve(document))) {
        report(alias, `the alias *${alias.source} is inside itself`);
      }
    },
  });
  return parts;
}

function keyProblems(map: YAMLMap): { key: Node; message: string }[] {
  const seen = new Set<unknown>();
  const problems: { key: Node; message: string }[] = [];
  for (const { key } of map.items as { key: Node }[]) {
    const name = isScalar(key) ? key.value : key;
    if (isAlias(key)) problems.push({ key, message: 'a key must be written out, and not be an alias' });
    else if (name === '<<') problems.push({ key, message: MERGE });
    else if (seen.has(name)) problems.push({ key, message: `${quote(String(name))} is here twice` });
    seen.add(name);
  }
  return problems;
}

const MERGE = 'merge keys ("<<") are not read: write the keys out, or repeat a whole value by an alias';

function tagProblem({ tag }: Exclude<Node, Alias>): string | null {
  return tag === undefined || PLAIN_TAG.test(tag) ? null : `the tag ${tag} means nothing here`;
}

function valueProblem(value: unknown): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'a text holds a NUL character, which the service does not take';
    return value.isWellFormed() ? null : 'a text holds half a surrogate pair';
  }
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'infinity and NaN are no numbers of JSON';
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'a number is too large to be kept exactly: write it in quotes'
    : null;
}
