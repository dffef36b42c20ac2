import { deliver, fakeEvent, playStory, signWebhook } from '@awe/client/testing';
import {
  type Dedup,
  memoryDedup,
  type OtherEvent,
  receiveWebhooks,
  type WebhookEvent,
  WebhookRefused,
} from '@awe/client/webhooks';
import { describe, expect, it, vi } from 'vitest';
import { OTHER, SECRET } from './hmac.ts';

const approved = fakeEvent('request_approved');
const secrets = [SECRET];
const signing = { secret: SECRET };
const answerOf = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as { status: string; message?: string },
});

/** A promise that is kept from outside. */
function promised<Value>() {
  let keep = (_: Value) => {};
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}

describe('a receiver', () => {
  it('hands each event of a story to its handler, in order', async () => {
    const told: WebhookEvent[] = [];
    const note = (event: WebhookEvent) => told.push(event);
    const { fetch } = receiveWebhooks({
      secrets,
      on: { request_created: note, stage_started: note, stage_completed: note, request_rejected: note },
    });
    const events = await playStory(fetch, {
      ...signing,
      story: { stages: ['Legal', 'Finance'], outcome: 'rejected' },
    });
    expect(told).toEqual(events);
    expect(told).toHaveLength(6);
  });

  it('answers when the handler has finished, and not before', async () => {
    const work = promised<void>();
    const { fetch } = receiveWebhooks({ secrets, on: { request_approved: () => work.promise } });
    const answer = deliver(approved, fetch, signing);
    const first = await Promise.race([
      answer,
      new Promise((resolve) => setImmediate(resolve, 'still at work')),
    ]);
    expect(first).toBe('still at work');
    work.keep();
    expect(await answerOf(await answer)).toEqual({ status: 200, body: { status: 'handled' } });
  });

  it('asks for another delivery when the handler fails, and tells of the error', async () => {
    const errors: unknown[] = [];
    const { fetch } = receiveWebhooks({
      secrets,
      on: {
        request_approved: () => {
          // Not even this one is taken for a webhook that is not believed.
          throw new WebhookRefused('stale', 'of another service');
        },
      },
      onError: (error, event) => errors.push([`${error}`, event?.event_id]),
    });
    const { status, body } = await answerOf(await deliver(approved, fetch, signing));
    expect([status, body.status]).toEqual([500, 'failed']);
    expect(JSON.stringify(body)).not.toContain('another service');
    expect(errors).toEqual([['WebhookRefused: of another service', approved.event_id]]);
  });

  it.each([
    ['another secret', 401, 'wrong_signature', { secret: OTHER }],
    ['a signature of yesterday', 401, 'stale', { secret: SECRET, at: new Date(Date.now() - 86_400_000) }],
  ])('refuses %s with %i', async (_, status, code, by) => {
    const refused: string[] = [];
    const handled: unknown[] = [];
    const { fetch } = receiveWebhooks({
      secrets,
      on: { request_approved: (event) => handled.push(event) },
      onRefused: (why) => refused.push(why.code),
    });
    expect(await answerOf(await deliver(approved, fetch, by))).toMatchObject({
      status,
      body: { status: code },
    });
    expect([refused, handled]).toEqual([[code], []]);
  });

  it('refuses what is no webhook, no POST, or too long', async () => {
    const { fetch } = receiveWebhooks({ secrets, on: {}, maxBytes: 1000 });
    const url = 'http://receiver.test/';
    const plain = await fetch(new Request(url, { method: 'POST', body: '{}' }));
    expect(await answerOf(plain)).toMatchObject({ status: 400, body: { status: 'missing_header' } });
    const got = await fetch(new Request(url));
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    const long = { ...approved, artifact_id: 'x'.repeat(1000) };
    expect(await answerOf(await deliver(long, fetch, signing))).toEqual({
      status: 413,
      body: {
        status: 'too_large',
        message: 'The body has more than 1000 bytes (maxBytes). Webhooks of AWE have fewer.',
      },
    });
  });

  it('gives events without a handler, and those of a newer service, to `otherwise`', async () => {
    const others: OtherEvent[] = [];
    const { fetch } = receiveWebhooks({ secrets, on: {}, otherwise: (event) => others.push(event) });
    for (const event_type of ['request_approved', 'request_archived', 'toString']) {
      const webhook = await signWebhook({ ...approved, event_type }, signing);
      const answer = await fetch(new Request('http://receiver.test/', { method: 'POST', ...webhook }));
      expect(await answerOf(answer)).toEqual({ status: 200, body: { status: 'handled' } });
    }
    expect(others.map(({ event_type }) => event_type)).toEqual([
      'request_approved',
      'request_archived',
      'toString',
    ]);
  });

  it('acknowledges what nobody handles', async () => {
    const { fetch } = receiveWebhooks({ secrets, on: {} });
    expect(await answerOf(await deliver(approved, fetch, signing))).toEqual({
      status: 200,
      body: { status: 'ignored' },
    });
  });

  it('is not made without a secret, nor to let nothing pass', () => {
    const NO_SECRET = 'secrets must name at least one secret and no empty one: anybody could sign with it';
    for (const given of [[], [''], SECRET as unknown as string[]])
      expect(() => receiveWebhooks({ secrets: given, on: {} })).toThrow(new RangeError(NO_SECRET));
    for (const toleranceSeconds of [Number.NaN, -1])
      expect(() => receiveWebhooks({ secrets, toleranceSeconds, on: {} })).toThrow(
        new RangeError('toleranceSeconds must be a number from 0'),
      );
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the log is away');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the log is away'))],
  ])('answers the same when whoever it tells %s', async (_, away) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { fetch } = receiveWebhooks({
      secrets,
      on: { request_approved: () => Promise.reject(new Error('the database is away')) },
      onError: away,
      onRefused: away,
    });
    expect((await deliver(approved, fetch, signing)).status).toBe(500);
    expect((await deliver(approved, fetch, { secret: OTHER })).status).toBe(401);
    expect(said.mock.calls.map(([error]) => `${error}`)).toEqual([
      'Error: the log is away',
      'Error: the log is away',
    ]);
    said.mockRestore();
  });

  it('says how to wire it when the body is gone', async () => {
    const errors: unknown[] = [];
    const { fetch } = receiveWebhooks({ secrets, on: {}, onError: (error) => errors.push(error) });
    const webhook = await signWebhook(approved, signing);
    for (const take of [(request: Request) => request.json(), ({ body }: Request) => body?.getReader()]) {
      const request = new Request('http://receiver.test/', { method: 'POST', ...webhook });
      await take(request);
      expect(await answerOf(await fetch(request))).toEqual({
        status: 500,
        body: {
          status: 'body_taken',
          message:
            'The body was read before the receiver got it, and its signature covers the bytes as they came. Give it to the receiver first, or read a request.clone().',
        },
      });
    }
    expect(errors).toHaveLength(2);
  });
});

describe('an event that is delivered again', () => {
  it('is handled once', async () => {
    let handled = 0;
    const { fetch } = receiveWebhooks({
      secrets,
      on: { request_approved: () => ++handled },
      dedup: memoryDedup(),
    });
    const answers: unknown[] = [];
    for (let time = 0; time < 3; time += 1)
      answers.push((await answerOf(await deliver(approved, fetch, signing))).body);
    expect(answers).toEqual([{ status: 'handled' }, { status: 'seen' }, { status: 'seen' }]);
    expect(handled).toBe(1);
  });

  it('while it is being handled waits, and is not handled again', async () => {
    const work = promised<void>();
    let handled = 0;
    const handle = async () => {
      handled += 1;
      await work.promise;
    };
    const dedup = memoryDedup();
    const all = Promise.all([dedup(approved, handle), dedup(approved, handle), dedup(approved, handle)]);
    work.keep();
    expect(await all).toEqual(['handled', 'seen', 'seen']);
    expect(handled).toBe(1);
  });

  it('is handled by the second delivery when the first one fails meanwhile, and is not lost', async () => {
    const work = promised<void>();
    let handled = 0;
    const handle = async () => {
      handled += 1;
      if (handled > 1) return;
      await work.promise;
      throw new Error('the database is away');
    };
    const dedup = memoryDedup();
    const all = Promise.allSettled([
      dedup(approved, handle),
      dedup(approved, handle),
      dedup(approved, handle),
    ]);
    work.keep();
    expect((await all).map((each) => (each.status === 'fulfilled' ? each.value : `${each.reason}`))).toEqual([
      'Error: the database is away',
      'handled',
      'seen',
    ]);
    expect(handled).toBe(2);
  });

  it('is forgotten after as many others as are remembered', async () => {
    let handled = 0;
    const { fetch } = receiveWebhooks({
      secrets,
      on: { request_approved: () => ++handled },
      dedup: memoryDedup({ size: 2 }),
    });
    const [a, b, c] = [approved, fakeEvent('request_approved'), fakeEvent('request_approved')];
    for (const event of [a, b, a, c, b, a]) await deliver(event, fetch, signing);
    expect(handled).toBe(4);
  });

  it('is not kept in a memory that holds none', () => {
    for (const size of [0, Number.NaN])
      expect(() => memoryDedup({ size })).toThrow(new RangeError('size must be a number from 1'));
  });

  it('is answered 503 while somebody else is at it', async () => {
    const dedup: Dedup = async () => 'busy';
    const { fetch } = receiveWebhooks({ secrets, on: { request_approved: () => {} }, dedup });
    const answer = await deliver(approved, fetch, signing);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('is kept where the handler writes, in its transaction', async () => {
    const committed = new Map<string, string>();
    const dedup: Dedup<Map<string, string>> = async ({ event_id }, handle) => {
      if (committed.has(event_id)) return 'seen';
      const transaction = new Map([[event_id, 'handled']]);
      await handle(transaction);
      for (const [key, value] of transaction) committed.set(key, value);
      return 'handled';
    };
    let fails = true;
    const { fetch } = receiveWebhooks({
      secrets,
      on: {
        request_approved: ({ artifact_id }, transaction) => {
          transaction.set(artifact_id, 'applied');
          if (fails) throw new Error('crash');
        },
      },
      dedup,
      onError: () => {},
    });
    expect((await deliver(approved, fetch, signing)).status).toBe(500);
    expect(committed.size).toBe(0);
    fails = false;
    expect((await deliver(approved, fetch, signing)).status).toBe(200);
    expect(committed.get(approved.artifact_id)).toBe('applied');
    expect(await answerOf(await deliver(approved, fetch, signing))).toEqual({
      status: 200,
      body: { status: 'seen' },
    });
  });
});
