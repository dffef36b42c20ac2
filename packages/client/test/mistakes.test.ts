import { type ClientOptions, createClient } from '@awe/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { json, playNetwork } from './played-network.ts';

const body = { policy_key: 'k', artifact_type: 't', artifact_id: 'a' };
const client = (options: Partial<ClientOptions>) => () =>
  createClient({ baseUrl: 'http://awe.test', ...options });

describe('a client is not made', () => {
  it.each([
    ['localhost:8000', 'begins with neither http:// nor https://'],
    ['awe.test', 'begins with neither http:// nor https://'],
    ['http://', 'cannot be read'],
    ['https://ada:secret@awe.test', 'holds a user name or password'],
    ['https://awe.test/?tenant=1', 'holds a query or fragment'],
    [undefined, 'is no text'],
  ])('for %s', (baseUrl, what) => {
    expect(client({ baseUrl: baseUrl as string })).toThrow(
      new RangeError(`baseUrl must be where the service is, like https://awe.example: it ${what}`),
    );
  });

  it.each([0, -1, Number.NaN])('with %d milliseconds for each attempt', (timeoutMs) => {
    expect(client({ timeoutMs })).toThrow(new RangeError('timeoutMs must be more than 0'));
  });

  it('with a header that cannot be sent, and its value is not told', () => {
    expect(client({ headers: { 'x-api-key': 'a secret\n' } })).toThrow(
      new TypeError('The header x-api-key has a line break, or a character that no header can hold'),
    );
  });
});

describe('a client calls', () => {
  it.each([
    ['https://awe.test/', 'https://awe.test/v1/awe/policies'],
    ['http://[::1]:8000/v1/awe/', 'http://[::1]:8000/v1/awe/policies'],
    ['https://gate.test/approvals//', 'https://gate.test/approvals/v1/awe/policies'],
  ])('%s', async (baseUrl, url) => {
    const { awe, sent } = playNetwork([json(200, [])], { baseUrl });
    await awe.listPolicies();
    expect(sent[0]?.url).toBe(url);
  });
});

/** Each would fail the next time as well, and nothing was carried out: no error of the network, and no second attempt. */
describe('a call that cannot be sent ends at once', () => {
  it.each([
    ['with a body that is no JSON', { body: { ...body, context: { amount: 1n } } }, /serialize a BigInt/],
    [
      'with a key that no header can hold',
      { body, idempotencyKey: 'cr-–' },
      'The header idempotency-key has a line break, or a character that no header can hold',
    ],
    [
      'with its key among the headers, where it would not be used',
      { body, headers: { 'Idempotency-Key': 'cr-1' } },
      'The Idempotency-Key is given as idempotencyKey, and not among the headers',
    ],
  ])('%s', async (_, input, message) => {
    const { awe, sent, pauses } = playNetwork([json(201, {})]);
    const call = awe.createRequest(input);
    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.toThrow(message);
    expect([sent, pauses]).toEqual([[], []]);
  });

  it('with no time', async () => {
    const { awe } = playNetwork([json(200, [])]);
    await expect(awe.listPolicies({ timeoutMs: Number.NaN })).rejects.toThrow(
      new RangeError('timeoutMs must be more than 0'),
    );
  });
});

describe('the clock of the system', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('does not end a wait early that is longer than a timer can be', () => {
    vi.useFakeTimers();
    let ended = 0;
    const days = 24 * 3_600_000;
    systemClock.after(60 * days, () => ++ended);
    const cancel = systemClock.after(60 * days, () => ++ended);
    systemClock.after(Number.POSITIVE_INFINITY, () => ++ended);
    vi.advanceTimersByTime(60 * days - 1);
    cancel();
    expect(ended).toBe(0);
    vi.advanceTimersByTime(1);
    expect(ended).toBe(1);
  });
});
