import type { ExportLine } from '@awe/server/integrity/export-line';
import { verifyExport } from '@awe/server/integrity/verify-export';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chronicle, openChronicle } from './chronicle.ts';

let chronicle: Chronicle;
let lines: ExportLine[];

beforeAll(async () => {
  chronicle = await openChronicle();
  lines = await chronicle.lines();
});
afterAll(() => chronicle.close());

/** What no link covers and no timeline tells; docs/tamper-evidence.md lists the same. */
const NOT_COVERED = [
  'export: created_at, since, until',
  'key: jwk.alg, jwk.kid, jwk.use',
  'request.deliveries',
  'request.request: next_attempt_at, revision',
  'request.stages: asked, breached_at, escalation, failures, next_attempt_at, stage_id',
  'request.tasks: claimed_at, created_at, delegated_from, due_at, escalated, id, reassigned_from, stage_id',
];

type Leaf = { path: (string | number)[]; value: unknown };

/** Every value in it that holds no others, with the way to it. */
function leavesOf(value: unknown, path: Leaf['path'] = []): Leaf[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** The same with one character, digit or truth value changed. */
function changed(value: unknown): unknown {
  if (typeof value === 'string')
    return value === '' ? 'x' : `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return 'x';
}

function withChange(line: ExportLine, path: Leaf['path']): ExportLine {
  const copy = structuredClone(line) as unknown;
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => (at as never)[step], copy) as Record<
    string | number,
    unknown
  >;
  holder[last] = changed(holder[last]);
  return copy as ExportLine;
}

const isName = (step: string | number) => typeof step === 'string';

/** An event from before there were chains. */
function isOld(line: ExportLine, [list, index]: Leaf['path']): boolean {
  return line.type === 'request' && list === 'events' && line.events[Number(index)]?.hash === null;
}

/** `request.tasks.due_at` beside others of a task; what receivers were sent is named as a whole. */
function grouped(paths: string[]): string[] {
  const groups = Map.groupBy(paths, (path) => /^(request\.\w+|\w+)/.exec(path)?.[0] ?? '');
  return [...groups]
    .map(([group, all]) => {
      const names = all.map((path) => path.slice(group.length + 1)).sort();
      return group === 'request.deliveries' ? group : `${group}: ${names.join(', ')}`;
    })
    .sort();
}

it('a log that nobody touched has no fault', async () => {
  const { faults, counts } = await verifyExport(lines);
  expect(faults).toEqual([]);
  expect(counts).toEqual({ requests: 4, audit_rows: 5, checkpoints: 2 });
});

it('whatever single value is changed anywhere shows, but for those that are known not to', async () => {
  const unseen = new Set<string>();
  let seen = 0;
  for (const [index, line] of lines.entries()) {
    for (const { path } of leavesOf(line)) {
      const altered = lines.with(index, withChange(line, path));
      const { faults } = await verifyExport(altered, { checkpoints: chronicle.kept.map(({ jws }) => jws) });
      if (faults.length > 0) seen += 1;
      else if (!isOld(line, path)) unseen.add([line.type, ...path.filter(isName)].join('.'));
    }
  }
  expect(grouped([...unseen])).toEqual(NOT_COVERED);
  expect(seen).toBeGreaterThan(500);
});
