import { OPERATIONS } from '@awe/contract/operations';
import type { Body, Call, RawCall } from './call.ts';
import { curlOf, netcatOf } from './curl.ts';
import type { ServedDocument } from './document.ts';
import { type Expectation, expectationOf } from './expectation.ts';
import type { Kind, Memory } from './memory.ts';
import { faultsOfBytes } from './raw-verdict.ts';
import type { Answer, Sender, Wire } from './send.ts';
import type { Tally } from './tally.ts';
import { faultsOfAnswer, faultsOfEcho, faultsOfNowhere, parsed } from './verdict.ts';
import { reached } from './where.ts';
import { authorizationOf, withRole } from './who.ts';

/** What was wrong with one call, and how to make it again. */
export type Finding = { line: string; faults: string[]; answer: string };

export type Stage = { url: string; sender: Sender; memory: Memory; document: ServedDocument; tally: Tally };

const NO_EXPECTATION: Expectation = { only: null, never: [], because: '' };
const MOST_SHOWN = 600;

/** Sends a call with what is known filled in, and judges its answer; null: nothing is wrong. */
export async function play(call: Call, stage: Stage): Promise<Finding | null> {
  const { url, sender, memory, document, tally } = stage;
  const assignee = memory.filled('{{task.assignee}}', call, (text) => text);
  const authorization = authorizationOf(call.who, assignee);
  const wire = wireOf(call, authorization, memory);
  const there = reached(wire.method, wire.path);
  const answer = await sender.send(wire);
  tally.count(there?.name ?? 'nowhere', 'lost' in answer ? 0 : answer.status);
  if ('lost' in answer) return { line: curlOf(url, wire), faults: [answer.lost], answer: '' };

  const isHead = wire.method === 'HEAD';
  const faults = there
    ? faultsOfAnswer(answer, { ...there, isHead }, expected(call, wire, assignee, stage, there), document)
    : faultsOfNowhere(answer, isHead);
  faults.push(...faultsOfEcho(answer, authorization));
  if (there && !isHead && answer.status === there.operation.success.status) {
    memory.learn(there.operation, wire.path, parsed(answer.text), String(answer.headers.link ?? ''));
  }
  if (answer.status === 409 && call.id === 'kept') {
    const kind = kindIn(call.path);
    if (kind) memory.over(kind, call.pick, call.wanted);
  }
  return faults.length > 0 ? { line: curlOf(url, wire), faults, answer: shown(answer) } : null;
}

/** What the path names, where a conflict says that nothing more can be done with it. */
function kindIn(path: string): Kind | undefined {
  return (['task', 'request', 'delivery'] as const).find((kind) => path.includes(`{{${kind}.id}}`));
}

/** Sends bytes and judges whatever comes back. */
export async function playRaw(
  { bytes, patienceMs }: RawCall,
  { url, sender, tally }: Stage,
): Promise<Finding | null> {
  const token = `Authorization: ${authorizationOf(withRole('admin'), '')}\r\n`;
  const sent = Buffer.from(bytes.replaceAll('{{token}}', token), 'latin1');
  const said = await sender.sendBytes(sent, patienceMs);
  if (typeof said !== 'string') {
    tally.count('socket', 0);
    return { line: netcatOf(url, sent), faults: [said.lost], answer: '' };
  }
  const { statuses, faults } = faultsOfBytes(said);
  tally.count('socket', statuses.find((status) => status >= 200) ?? 0);
  return faults.length > 0 ? { line: netcatOf(url, sent), faults, answer: said.slice(0, MOST_SHOWN) } : null;
}

function wireOf(call: Call, authorization: string | null, memory: Memory): Wire {
  const plain = (text: string) => text;
  return {
    method: call.method,
    path: memory.filled(call.path, call, encodeURIComponent),
    headers: [
      ...(authorization === null ? [] : [['Authorization', authorization] as const]),
      ...call.headers.map(([name, value]) => [name, memory.filled(value, call, plain)] as const),
    ],
    body: bytesOf(call.body, (text) =>
      memory.filled(text, call, (known) => JSON.stringify(known).slice(1, -1)),
    ),
  };
}

function bytesOf(body: Body, filled: (text: string) => string): Buffer | null {
  switch (body.kind) {
    case 'none':
      return null;
    case 'json':
      return Buffer.from(filled(body.text));
    case 'bytes':
      return Buffer.from(body.base64, 'base64');
    case 'filler':
      return Buffer.from('{}'.padEnd(body.bytes));
  }
}

function expected(
  call: Call,
  { method, body }: Wire,
  assignee: string,
  { memory, document }: Stage,
  { operation, name }: NonNullable<ReturnType<typeof reached>>,
): Expectation {
  // Where a call strayed to another operation, what it was made for says nothing.
  if (name !== call.operation || method === 'HEAD') return NO_EXPECTATION;
  const aboutTask = name === 'claimTask' || name === 'decide';
  const known = aboutTask && call.id === 'kept' ? memory.thing('task', call.pick, call.wanted) : null;
  const isStranger = known ? call.who.kind === 'claims' && call.who.sub !== assignee && !isAdmin(call) : null;
  const takes = (value: unknown) => document.takes(OPERATIONS[name].method, operation.path, value);
  return expectationOf({ call, operation, body, takes, isStranger });
}

function isAdmin({ who }: Call): boolean {
  return JSON.stringify(who) === JSON.stringify(withRole('admin', who.kind === 'claims' ? who.sub : ''));
}

function shown({ status, headers, text }: Answer): string {
  return `${status} ${headers['content-type'] ?? ''}\n${text.slice(0, MOST_SHOWN)}`;
}
