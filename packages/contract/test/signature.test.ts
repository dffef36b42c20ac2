import { createHmac, randomBytes } from 'node:crypto';
import {
  approvalSignature,
  type HmacSha256,
  standardKey,
  type WebhookMessage,
  webhookHeaders,
} from '@awe/contract/signature';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';

const hmac: HmacSha256 = (key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding);
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

// The library compares with the real clock, so that a message has to be of this moment to be believed.
const timestampSeconds = Math.floor(Date.now() / 1000);
const event = { event_id: 'e-1', artifact_id: 'CR-42', note: 'één ✓ 𝄞' };
const body = JSON.stringify(event);
const headersOf = (...secrets: WebhookMessage['secrets']) =>
  webhookHeaders({ eventId: 'e-1', timestampSeconds, body, secrets }, hmac);

describe('the approval headers', () => {
  it('are what anybody computes from the secret, the time and the raw bytes of the body', () => {
    const secret = newSecret();
    const headers = headersOf(secret);
    const signed = Buffer.concat([Buffer.from(`${timestampSeconds}.`), Buffer.from(body, 'utf8')]);
    const expected = createHmac('sha256', Buffer.from(secret, 'utf8')).update(signed).digest('hex');
    expect(headers['X-Approval-Event-Id']).toBe('e-1');
    expect(headers['X-Approval-Timestamp']).toBe(String(timestampSeconds));
    expect(headers['X-Approval-Signature']).toBe(`sha256=${expected}`);
  });

  it('match a signature that was computed elsewhere', () => {
    // printf '1776938400.{"a":1}' | openssl dgst -sha256 -hmac 'whsec_c2VjcmV0LXNlY3JldA=='
    expect(approvalSignature('whsec_c2VjcmV0LXNlY3JldA==', '1776938400', '{"a":1}', hmac)).toBe(
      'sha256=74d0c52755b2ec1a2023b173eb26e7e817a451e486e4da5a2ad6f33e9a7434d1',
    );
  });

  it('are signed with the current secret alone while another one is on its way', () => {
    const [current, next] = [newSecret(), newSecret()];
    expect(headersOf(current, next)['X-Approval-Signature']).toBe(headersOf(current)['X-Approval-Signature']);
  });
});

describe('the Standard Webhooks headers', () => {
  it('are accepted by the library with the same secret', () => {
    const secret = newSecret();
    expect(new Webhook(secret).verify(body, headersOf(secret))).toEqual(event);
  });

  it('are what anybody computes from the decoded secret', () => {
    const key = randomBytes(24);
    const headers = headersOf(`whsec_${key.toString('base64')}`);
    const expected = createHmac('sha256', key).update(`e-1.${timestampSeconds}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(headers['webhook-id']).toBe('e-1');
    expect(headers['webhook-timestamp']).toBe(String(timestampSeconds));
  });

  it('are accepted with the old and with the new secret during a rotation, and with no other', () => {
    const [current, next] = [newSecret(), newSecret()];
    const headers = headersOf(current, next);
    expect(new Webhook(current).verify(body, headers)).toEqual(event);
    expect(new Webhook(next).verify(body, headers)).toEqual(event);
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow(WebhookVerificationError);
  });

  it('carry one signature when both secrets are the same', () => {
    const secret = newSecret();
    expect(headersOf(secret, secret)['webhook-signature']).toBe(headersOf(secret)['webhook-signature']);
  });

  it.each(['body', 'event id', 'timestamp'])('are refused when the %s was changed on the way', (part) => {
    const secret = newSecret();
    const headers = headersOf(secret);
    if (part === 'event id') headers['webhook-id'] = 'e-2';
    if (part === 'timestamp') headers['webhook-timestamp'] = String(timestampSeconds + 1);
    const received = part === 'body' ? body.replace('42', '43') : body;
    expect(() => new Webhook(secret).verify(received, headers)).toThrow('No matching signature found');
  });
});

describe('a secret that an operator chose', () => {
  it.each(['changeme', 'c2VjcmV0LXNlY3JldA==', 'c2VjcmV0LXNlY3JldA'])(
    '%s is Base64, and the library takes it as such',
    (secret) => {
      expect(new Webhook(secret).verify(body, headersOf(secret))).toEqual(event);
    },
  );

  it.each(['correct horse!', 'geheimnis-ä', 'abc', 'whsec_', 'whsec_not base64'])(
    '%j is not Base64: the library takes its bytes raw',
    (secret) => {
      expect(() => new Webhook(secret)).toThrow();
      const raw = new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
      expect(raw.verify(body, headersOf(secret))).toEqual(event);
    },
  );

  it('always signs so that the library can verify, whatever it is', () => {
    const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{0,12}={0,3}.?$/);
    const secrets = fc.tuple(
      fc.constantFrom('', 'whsec_'),
      fc.oneof(base64, fc.string(), fc.string({ unit: 'binary' })),
    );
    fc.assert(
      fc.property(secrets, ([prefix, rest]) => {
        const secret = prefix + rest;
        fc.pre(secret !== '');
        expect(receiver(secret).verify(body, headersOf(secret))).toEqual(event);
      }),
    );
  });

  it('is the key itself where it is not Base64', () => {
    expect(standardKey('correct horse!')).toBe('correct horse!');
  });

  /** What a receiver writes: the secret as it is, and its raw bytes only if the library refuses it as Base64. */
  function receiver(secret: string): Webhook {
    try {
      return new Webhook(secret);
    } catch {
      return new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
    }
  }
});

describe('signing refuses', () => {
  it('an empty secret, also as the second one', () => {
    expect(() => headersOf('')).toThrow(
      new RangeError('a webhook secret must not be empty: anybody could sign with it'),
    );
    expect(() => headersOf(newSecret(), '')).toThrow(RangeError);
  });

  it.each([1.5, -1, Number.NaN])('%d as a number of seconds', (seconds) => {
    const message = { eventId: 'e-1', timestampSeconds: seconds, body, secrets: ['x'] } as const;
    expect(() => webhookHeaders(message, hmac)).toThrow(
      new RangeError('timestampSeconds must be a whole number of Unix seconds'),
    );
  });
});
