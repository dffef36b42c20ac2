import { AweError, type Client, isAweError, type Line } from '@awe/client';
import { describe, expect, it } from 'vitest';
import { nextCursor } from '../src/pages.ts';
import { json, playNetwork, refusal } from './played-network.ts';
import { refused } from './refused.ts';

const html = (status: number, headers: Record<string, string> = {}) =>
  new Response('<html>', { status, headers: { 'content-type': 'text/html', ...headers } });
const LINES = { 'content-type': 'application/x-ndjson' };
const NOT_AWE = 'Look at baseUrl, and at what lies between you and it.';

async function all(awe: Client): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of awe.lines.exportLog()) lines.push(line);
  return lines;
}

/** Time that passes as soon as nothing else is at work. */
function cancellable(work: () => void): () => void {
  const timer = setImmediate(work);
  return () => clearImmediate(timer);
}

describe('an answer that is no success of the service', () => {
  const once = (reply: Response) => refused(playNetwork([reply], { retries: false }).awe.listPolicies());

  it('is an error with its code, message, call and wait', async () => {
    const error = await once(refusal(429, 'AWE-012', { 'x-request-id': 'call-17', 'retry-after': '30' }));
    expect(error).toMatchObject({
      name: 'AweError',
      message: 'Refused by AWE-012.',
      code: 'AWE-012',
      status: 429,
      operation: 'listPolicies',
      requestId: 'call-17',
      retryAfterSeconds: 30,
      details: [],
      idempotencyKey: null,
    });
  });

  it('may come from something else', async () => {
    expect(await once(html(404))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 404,
      requestId: null,
      message: `Something that is not the service answered 404. ${NOT_AWE}`,
    });
    expect(await once(html(200))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 200,
      message: `What answered 200 is not the service: its body is no JSON. ${NOT_AWE}`,
    });
    expect(await once(new Response(null, { status: 200 }))).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    const cut = new Response('[{"policy_k', { headers: { 'content-type': 'application/json' } });
    expect(await once(cut)).toMatchObject({ code: 'UNEXPECTED_ANSWER', outcome: 'refused' });
  });

  it('may carry a code of a newer service', async () => {
    expect(await once(refusal(409, 'AWE-099'))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 409,
      message: 'AWE-099: Refused by AWE-099.',
    });
  });

  it('may lead elsewhere, and is not followed', async () => {
    const moved = new Response(null, { status: 301, headers: { location: 'https://awe.test/' } });
    const { awe, sent } = playNetwork([moved]);
    const created = awe.createRequest({ body: { policy_key: 'k', artifact_type: 't', artifact_id: 'a' } });
    expect(await refused(created)).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 301,
      outcome: 'refused',
      message:
        'The call was redirected to https://awe.test/, and calls are not sent on: put the address that answers into baseUrl.',
    });
    expect(sent[0]?.redirect).toBe('manual');
  });

  it.each([
    [
      'with its connection',
      (stream: ReadableStreamDefaultController) => stream.error(new Error('socket hang up')),
      'socket hang up',
    ],
    [
      'of itself',
      (stream: ReadableStreamDefaultController) => stream.close(),
      'it broke off in the middle of a line',
    ],
  ])('breaks off in the middle of lines %s', async (_, end, why) => {
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{"type":"export"}\n{"ty')),
      pull: end,
    });
    const { awe } = playNetwork([], { fetch: async () => new Response(body, { headers: LINES }) });
    const read: unknown[] = [];
    const reading = async () => {
      for await (const line of awe.lines.exportLog()) read.push(line);
    };
    expect(await refused(reading())).toMatchObject({
      code: 'NETWORK',
      operation: 'exportLog',
      message: `exportLog: no whole answer came: ${why}. Look at baseUrl and at the network.`,
    });
    expect(read).toEqual([{ type: 'export' }]);
  });

  it('is no line', async () => {
    const read = (answer: Response) => refused(all(playNetwork([answer]).awe));
    const wrong = { code: 'UNEXPECTED_ANSWER', operation: 'exportLog', outcome: 'refused' };
    expect(await read(html(200))).toMatchObject(wrong);
    expect(await read(new Response('{"type":"export"}\n<html>\n', { headers: LINES }))).toMatchObject(wrong);
  });

  it('stops between two lines', async () => {
    const { awe } = playNetwork([], {
      timeoutMs: 777,
      fetch: async () => new Response(new ReadableStream(), { headers: LINES }),
      clock: { now: () => 0, after: (_, work) => cancellable(work) },
    });
    expect(await refused(all(awe))).toMatchObject({
      code: 'TIMEOUT',
      message: 'exportLog: no answer within 777 ms (timeoutMs).',
    });
  });

  it('has the status of a wrong shape, and another shape than ours', async () => {
    expect(await once(json(422, { detail: [{}] }))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      status: 422,
      details: [],
    });
  });
});

describe('isAweError', () => {
  it('knows the client’s errors and their codes', async () => {
    const error = await refused(playNetwork([refusal(409, 'AWE-009')]).awe.listTasks());
    expect([isAweError(error), isAweError(error, 'AWE-009'), isAweError(error, 'AWE-007')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isAweError(new Error('AWE-009'))).toBe(false);
    expect(error).toBeInstanceOf(AweError);
  });
});

describe('the next page', () => {
  it.each([
    ['</v1/awe/tasks?limit=2&cursor=MDE5N2IxYTI>; rel="next"', 'MDE5N2IxYTI'],
    ['</a?cursor=1>; rel="prev", </a?cursor=a%2Bb>; rel="next"', 'a+b'],
    ['</a?cursor=1>; rel="prev"', null],
    [null, null],
  ])('of %s is %s', (link, cursor) => expect(nextCursor(link)).toBe(cursor));
});

describe('a path', () => {
  it.each(['', '.', '..'])('is not made with %j', async (task_id) => {
    const { awe, sent } = playNetwork([json(200, {})]);
    await expect(awe.claimTask({ path: { task_id } })).rejects.toThrow(
      new TypeError('path.task_id must be given, and be neither empty nor "." nor ".."'),
    );
    expect(sent).toEqual([]);
  });
});

describe('an empty answer', () => {
  it('of a deletion is undefined', async () => {
    const { awe } = playNetwork([new Response(null, { status: 204 })]);
    expect(await awe.deleteDelegation({ path: { delegation_id: 'd' } })).toBeUndefined();
  });
});

describe('query, headers and body', () => {
  it('go where the operation has them, and nothing that is not set', async () => {
    const { awe, sent } = playNetwork([json(200, [])], { headers: { 'x-tenant': 'north' } });
    await awe.listTasks({
      query: { status: 'open,claimed', assignee: undefined, request_id: null },
      headers: { 'x-call': '1' },
    });
    expect(sent[0]?.url).toBe('http://awe.test/v1/awe/tasks?status=open%2Cclaimed');
    expect([sent[0]?.headers.get('x-tenant'), sent[0]?.headers.get('x-call')]).toEqual(['north', '1']);
    await awe.cancelRequest({ path: { request_id: 'r/1' }, body: { reason: 'withdrawn' } });
    expect(sent[1]?.url).toBe('http://awe.test/v1/awe/requests/r%2F1/cancel');
    expect([sent[1]?.method, await sent[1]?.text()]).toEqual(['POST', '{"reason":"withdrawn"}']);
  });
});
