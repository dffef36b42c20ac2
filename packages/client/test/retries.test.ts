import { getEventListeners } from 'node:events';
import { createClient } from '@awe/client';
import { describe, expect, it } from 'vitest';
import { connectionFailure, json, playNetwork, type Reply, refusal } from './played-network.ts';
import { refused } from './refused.ts';

const created = { policy_key: 'k', artifact_type: 't', artifact_id: 'a' };
const broken = connectionFailure('ECONNRESET');
const html = (status: number) => new Response('<html>', { status, headers: { 'content-type': 'text/html' } });

const calls = {
  read: ({ awe }) => awe.listPolicies(),
  create: ({ awe }) => awe.createRequest({ body: created }),
  decide: ({ awe }) => awe.decide({ path: { task_id: 't' }, body: { action: 'approve' } }),
} satisfies Record<string, (network: ReturnType<typeof playNetwork>) => Promise<unknown>>;

/** For each failure and kind of call: whether it is repeated, and what is known of its outcome when it fails for good. */
const TABLE: [failure: string, reply: Reply, read: string, create: string, decide: string][] = [
  ['429', refusal(429, 'AWE-012'), 'repeated refused', 'repeated refused', 'repeated refused'],
  ['503 AWE-005', refusal(503, 'AWE-005'), 'repeated refused', 'repeated refused', 'repeated refused'],
  ['503 AWE-007', refusal(503, 'AWE-007'), 'repeated refused', 'repeated refused', 'repeated refused'],
  ['503 AWE-011', refusal(503, 'AWE-011'), 'repeated refused', 'repeated refused', 'repeated refused'],
  ['503 AWE-006', refusal(503, 'AWE-006'), 'repeated refused', 'repeated unknown', 'once unknown'],
  ['503 of a proxy', html(503), 'repeated refused', 'repeated unknown', 'once unknown'],
  ['502 of a proxy', html(502), 'repeated refused', 'repeated unknown', 'once unknown'],
  ['504 of a proxy', html(504), 'repeated refused', 'repeated unknown', 'once unknown'],
  ['a lost connection', broken, 'repeated refused', 'repeated unknown', 'once unknown'],
  ['silence', 'silence', 'repeated refused', 'repeated unknown', 'once unknown'],
  [
    'nobody listening',
    connectionFailure('ECONNREFUSED'),
    'repeated refused',
    'repeated refused',
    'repeated refused',
  ],
  [
    'an unknown host',
    connectionFailure('ENOTFOUND'),
    'repeated refused',
    'repeated refused',
    'repeated refused',
  ],
  ['500', refusal(500, 'AWE-500'), 'once refused', 'once unknown', 'once unknown'],
  ['400', refusal(400, 'AWE-010'), 'once refused', 'once refused', 'once refused'],
  ['401', refusal(401, 'AWE-008'), 'once refused', 'once refused', 'once refused'],
  ['403', refusal(403, 'AWE-008'), 'once refused', 'once refused', 'once refused'],
  ['404', refusal(404, 'AWE-003'), 'once refused', 'once refused', 'once refused'],
  ['409', refusal(409, 'AWE-007'), 'once refused', 'once refused', 'once refused'],
  ['408 of a proxy', html(408), 'once refused', 'once unknown', 'once unknown'],
  ['413 of a proxy', html(413), 'once refused', 'once refused', 'once refused'],
];

describe('a call that fails', () => {
  for (const [failure, reply, ...expected] of TABLE) {
    for (const [index, [kind, call]] of Object.entries(calls).entries()) {
      it(`by ${failure}: ${kind} is ${expected[index]}`, async () => {
        const network = playNetwork([reply]);
        const { outcome, attempts } = await refused(call(network));
        expect(`${attempts > 1 ? 'repeated' : 'once'} ${outcome}`).toBe(expected[index]);
        expect(network.sent).toHaveLength(attempts > 1 ? 4 : 1);
      });
    }
  }

  it('succeeds with the attempt that does', async () => {
    const { awe, sent } = playNetwork([refusal(503, 'AWE-005'), broken, json(200, [])]);
    expect(await awe.listPolicies()).toEqual([]);
    expect(sent).toHaveLength(3);
  });

  it('is of unknown outcome once one attempt was', async () => {
    const { awe } = playNetwork([broken, refusal(400, 'AWE-007')]);
    const error = await refused(awe.createRequest({ body: created, idempotencyKey: 'cr-42' }));
    expect(error).toMatchObject({
      code: 'AWE-007',
      status: 400,
      outcome: 'unknown',
      idempotencyKey: 'cr-42',
      attempts: 2,
    });
    expect(error.message).toBe(
      'Refused by AWE-007. It is not known whether it was carried out: repeat it with the same body and idempotencyKey cr-42.',
    );
  });

  it('tells how to find out what became of a decision', async () => {
    const error = await refused(calls.decide(playNetwork([broken])));
    expect(error).toMatchObject({ code: 'NETWORK', status: 0, idempotencyKey: null });
    expect(error.message).toBe(
      'decide: no whole answer came: connect ECONNRESET. Look at baseUrl and at the network. It is not known whether it was carried out: read the state before you repeat it.',
    );
  });
});

describe('the key of a create', () => {
  it('is the same in all attempts, and made up for each call', async () => {
    const { awe, sent } = playNetwork([broken, json(201, {}), json(201, {})]);
    await awe.createRequest({ body: created });
    await awe.createRequest({ body: created });
    const keys = sent.map((request) => request.headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('is the one that was given', async () => {
    const { awe, sent } = playNetwork([json(201, {})]);
    await awe.createRequest({ body: created, idempotencyKey: 'cr-42' });
    expect(sent[0]?.headers.get('idempotency-key')).toBe('cr-42');
  });

  it('is sent with no other call', async () => {
    const network = playNetwork([json(201, {})]);
    await calls.decide(network);
    expect(network.sent[0]?.headers.has('idempotency-key')).toBe(false);
  });
});

describe('pauses', () => {
  it('are anything up to a bound that doubles', async () => {
    const { awe, pauses } = playNetwork([broken], { retries: { attempts: 8 }, random: () => 1 });
    await refused(awe.listPolicies());
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
    const half = playNetwork([broken], { retries: { firstPauseMs: 1000, longestPauseMs: 1500 } });
    await refused(half.awe.listPolicies());
    expect(half.pauses).toEqual([500, 750, 750]);
  });

  it('are not shorter than Retry-After, in seconds or as a moment', async () => {
    const seconds = playNetwork([refusal(429, 'AWE-012', { 'retry-after': '7' }), json(200, [])]);
    await seconds.awe.listPolicies();
    expect(seconds.pauses).toEqual([7100]);
    const moment = { 'retry-after': 'Thu, 23 Apr 2026 10:00:09 GMT' };
    const dated = playNetwork([refusal(503, 'AWE-005', moment), json(200, [])]);
    await dated.awe.listPolicies();
    expect(dated.pauses).toEqual([9100]);
  });

  it('do not begin when the time is over before they end', async () => {
    const { awe, pauses, sent } = playNetwork([refusal(429, 'AWE-012', { 'retry-after': '60' })]);
    const error = await refused(awe.listPolicies());
    expect(error).toMatchObject({ code: 'AWE-012', status: 429, retryAfterSeconds: 60, attempts: 1 });
    expect(error.message).toBe('Refused by AWE-012.');
    expect([pauses, sent.length]).toEqual([[], 1]);
  });

  it('and attempts together stay within totalMs', async () => {
    const slow = refusal(503, 'AWE-005', { 'retry-after': '20' });
    const { awe, pauses } = playNetwork([slow], { retries: { attempts: 100 } });
    await refused(awe.listPolicies());
    expect(pauses).toEqual([20_100, 20_200]);
  });

  it('end with the signal, and the call with its reason', async () => {
    const reason = new Error('the user left');
    const leaving = new AbortController();
    const { awe, sent } = playNetwork([broken], {
      clock: {
        now: () => 0,
        after: (ms) => {
          if (ms === 100) leaving.abort(reason);
          return () => {};
        },
      },
    });
    await expect(awe.listPolicies({ signal: leaving.signal })).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });

  it('do not happen when retries are off', async () => {
    const { awe, sent } = playNetwork([broken], { retries: false });
    expect(await refused(awe.listPolicies())).toMatchObject({ code: 'NETWORK', attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it('refuse numbers that make no sense', () => {
    const client = (retries: object) => () => createClient({ baseUrl: 'http://awe.test', retries });
    expect(client({ attempts: 0 })).toThrow(new RangeError('retries.attempts must be a whole number from 1'));
    expect(client({ totalMs: Number.NaN })).toThrow(new RangeError('retries.totalMs must not be negative'));
  });
});

describe('a caller who gives up', () => {
  it('before the call sends nothing', async () => {
    const reason = new Error('too late');
    const { awe, sent } = playNetwork([json(200, [])]);
    await expect(awe.listPolicies({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('during an attempt ends it', async () => {
    const reason = new Error('the user left');
    const leaving = new AbortController();
    const { awe } = playNetwork([], {
      fetch: (request) =>
        new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason));
          leaving.abort(reason);
        }),
    });
    const decision = { path: { task_id: 't' }, body: { action: 'approve' as const } };
    await expect(awe.decide({ ...decision, signal: leaving.signal })).rejects.toBe(reason);
  });

  it('leaves nothing at a signal that outlives many calls', async () => {
    const { signal } = new AbortController();
    const network = playNetwork([broken, refusal(503, 'AWE-005'), json(200, [])], { token: async () => 't' });
    await network.awe.listPolicies({ signal });
    await refused(playNetwork([broken]).awe.listPolicies({ signal }));
    const ended = new Response('{}\n{}\n', { headers: { 'content-type': 'application/x-ndjson' } });
    for await (const _ of playNetwork([ended]).awe.lines.exportLog({ signal })) break;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
