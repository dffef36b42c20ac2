import { createHmac } from 'node:crypto';
import { fakeEvent, signWebhook } from '@awe/client/testing';
import { verifyWebhook } from '@awe/client/webhooks';
import { standardKey, webhookHeaders } from '@awe/contract/signature';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { STANDARD } from '../../src/webhooks/signatures.ts';
import { hmac, NOW, now, OTHER, PLAIN, SECRET } from './hmac.ts';
import { refusal } from './refusal.ts';

const event = fakeEvent('request_approved', { artifact_id: 'cr-ü' });
const body = JSON.stringify(event);
const timestampSeconds = NOW.getTime() / 1000;

/** The headers as the service makes them. */
const serviceHeaders = (...secrets: [string, ...string[]]) =>
  webhookHeaders({ eventId: event.event_id, timestampSeconds, body, secrets }, hmac);

function only(headers: Readonly<Record<string, string>>, pattern: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => pattern.test(name)));
}

describe('a webhook of the service', () => {
  it.each([SECRET, PLAIN, 'whsec_'])(
    'signed with %s is believed by either of its signatures',
    async (secret) => {
      const headers = serviceHeaders(secret);
      for (const kept of [/./, /^X-Approval/, /^webhook/]) {
        const verified = verifyWebhook({ body, headers: only(headers, kept), secrets: [secret], now });
        expect(await verified).toEqual(event);
      }
    },
  );

  it('is signed as `signWebhook` signs it, byte for byte', async () => {
    for (const secret of [SECRET, PLAIN]) {
      const signed = await signWebhook(event, { secret, otherSecrets: [OTHER], at: NOW });
      const { 'content-type': _, ...headers } = signed.headers;
      expect(signed.body).toBe(body);
      const theirs = Object.entries(serviceHeaders(secret, OTHER)).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]);
      expect(headers).toEqual(Object.fromEntries(theirs));
    }
  });

  it('is one to the library of Standard Webhooks, too', async () => {
    const signed = await signWebhook(event, { secret: SECRET });
    expect(new Webhook(SECRET).verify(signed.body, signed.headers)).toEqual(event);
    const at = new Date();
    const headers = {
      'webhook-id': event.event_id,
      'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
      'webhook-signature': new Webhook(SECRET).sign(event.event_id, at, body),
    };
    expect(await verifyWebhook({ body, headers, secrets: [SECRET] })).toEqual(event);
  });

  it('is believed while its secret is rotated, by receivers with either secret', async () => {
    const headers = serviceHeaders(OTHER, SECRET);
    for (const secrets of [[SECRET], [OTHER], [PLAIN, SECRET], [SECRET, OTHER]]) {
      expect(await verifyWebhook({ body, headers, secrets, now })).toEqual(event);
    }
    expect(await refusal(verifyWebhook({ body, headers, secrets: [PLAIN], now }))).toMatchObject({
      code: 'wrong_signature',
    });
  });

  it('comes in headers and bodies of every platform', async () => {
    const headers = serviceHeaders(SECRET);
    const entries = Object.entries(headers);
    const listed = Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), value]));
    const each = Object.fromEntries(entries.map(([name, value]) => [name, [value]]));
    const encoded = new TextEncoder().encode(body);
    for (const given of [headers, listed, each, new Headers(headers)]) {
      for (const bytes of [body, encoded, encoded.buffer, Buffer.from(body)]) {
        expect(await verifyWebhook({ body: bytes, headers: given, secrets: [SECRET], now })).toEqual(event);
      }
    }
  });

  it('has the key that the contract makes of any secret', () => {
    const nearBase64 = fc.string({ unit: fc.constantFrom('A', 'b', '/', '=', '!') });
    const secrets = fc.tuple(
      fc.constantFrom('', 'whsec_'),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.base64String(), nearBase64),
    );
    const same = fc.property(secrets, ([prefix, rest]) => {
      expect(Buffer.from(STANDARD.keyOf(prefix + rest))).toEqual(Buffer.from(standardKey(prefix + rest)));
    });
    fc.assert(same, { numRuns: 1000, seed: Number(process.env.AWE_SEED ?? 20260423) });
  });
});

describe('a webhook is refused', () => {
  const headers = serviceHeaders(SECRET);
  const verify = (given: object) =>
    refusal(verifyWebhook({ body, headers, secrets: [SECRET], now, ...given }));
  const signedBody = (text: string) => ({
    body: text,
    headers: webhookHeaders(
      { eventId: event.event_id, timestampSeconds, body: text, secrets: [SECRET] },
      hmac,
    ),
  });

  it('without a signature', async () => {
    expect(await verify({ headers: {} })).toMatchObject({
      name: 'WebhookRefused',
      code: 'missing_header',
      message:
        'Neither X-Approval-Signature nor webhook-signature is there. Did a proxy drop them, or was this not sent by AWE?',
    });
  });

  it('without a time', async () => {
    expect(await verify({ headers: only(headers, /signature$/i) })).toMatchObject({
      code: 'missing_header',
      message:
        'Neither X-Approval-Timestamp nor webhook-timestamp is there, and the signature covers one of them.',
    });
  });

  it('with a time that is none', async () => {
    for (const time of ['', ' 1', '1e9', '-5', '9'.repeat(13)]) {
      const forged = { ...headers, 'X-Approval-Timestamp': time, 'webhook-timestamp': time };
      expect(await verify({ headers: forged })).toMatchObject({
        code: 'malformed_header',
        message: 'The timestamp of the signature is no number of Unix seconds.',
      });
    }
  });

  it('with a header that is there twice', async () => {
    expect(await verify({ headers: { ...headers, 'webhook-id': ['a', 'b'] } })).toMatchObject({
      code: 'malformed_header',
      message: 'webhook-id is there more than once.',
    });
  });

  it('whose times differ', async () => {
    expect(await verify({ headers: { ...headers, 'webhook-timestamp': '1' } })).toMatchObject({
      code: 'contradiction',
      message: 'X-Approval-Timestamp and webhook-timestamp differ.',
    });
  });

  it('whose headers name another event than its body', async () => {
    for (const name of ['X-Approval-Event-Id', 'webhook-id']) {
      expect(await verify({ headers: { ...headers, [name]: 'another' } })).toMatchObject({
        code: 'contradiction',
        message: 'The headers name another event than the body.',
      });
    }
  });

  it('that is older or newer than is allowed, and not at the very edge', async () => {
    const at = (seconds: number) => ({ now: () => new Date(NOW.getTime() + seconds * 1000) });
    expect(await verify(at(301))).toMatchObject({
      code: 'stale',
      message:
        'It was signed 301 s ago, and 300 s are allowed (toleranceSeconds). Is the clock of this machine right? AWE signs every attempt anew.',
    });
    const early = await verify(at(-301));
    expect(early.code).toBe('stale');
    expect(early.message).toContain('It was signed 301 s from now, ');
    for (const seconds of [300, -300]) {
      expect(await verifyWebhook({ body, headers, secrets: [SECRET], ...at(seconds) })).toEqual(event);
    }
    expect(await verify({ ...at(11), toleranceSeconds: 10 })).toMatchObject({ code: 'stale' });
  });

  it('with a signature of another secret, and says nothing of ours', async () => {
    const error = await verify({ secrets: [OTHER] });
    expect(error).toMatchObject({
      code: 'wrong_signature',
      message:
        'No signature fits any secret. Is this the secret of the request, and the body exactly as it came, unparsed?',
    });
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(OTHER);
  });

  it('that has more signatures than a rotation makes, and only the last one fits', async () => {
    const standard = only(headers, /^webhook/);
    const after = (count: number) => ({
      ...standard,
      'webhook-signature': `${'v1,x '.repeat(count)}${standard['webhook-signature']}`,
    });
    expect(await verifyWebhook({ body, headers: after(7), secrets: [SECRET], now })).toEqual(event);
    expect(await verify({ headers: after(8) })).toMatchObject({ code: 'wrong_signature' });
  });

  it('when it was parsed and written again', async () => {
    const again = JSON.stringify(JSON.parse(body), null, 1);
    expect(await verify({ body: again })).toMatchObject({ code: 'wrong_signature' });
  });

  it('that is signed and no event', async () => {
    const { data: _, ...noData } = event;
    for (const [text, what] of [
      ['{', 'it is no JSON'],
      ['[]', 'it is no JSON object'],
      [
        '{}',
        'event_id, event_type, request_id, artifact_type, artifact_id, status, occurred_at, sequence, data are missing',
      ],
      [JSON.stringify(noData), 'data is missing'],
    ]) {
      expect(await verify(signedBody(`${text}`))).toMatchObject({
        code: 'malformed_body',
        message: `The signature is good, but the body is no event of AWE: ${what}. Does something else sign with this secret?`,
      });
    }
  });

  it('that is signed and no UTF-8', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe);
    const signature = createHmac('sha256', SECRET).update(`${timestampSeconds}.`).update(bytes).digest('hex');
    const signed = {
      'x-approval-timestamp': `${timestampSeconds}`,
      'x-approval-signature': `sha256=${signature}`,
    };
    expect(await verify({ body: bytes, headers: signed })).toMatchObject({
      code: 'malformed_body',
      message: 'The signature is good, but the body is not UTF-8.',
    });
  });

  it('by nobody who has no secret', async () => {
    for (const secrets of [[], ['']]) {
      await expect(verifyWebhook({ body, headers, secrets, now })).rejects.toThrow(
        new RangeError('secrets must name at least one secret and no empty one: anybody could sign with it'),
      );
    }
  });

  it('by nobody who has lost the bytes, or the headers', async () => {
    for (const parsed of [event, undefined]) {
      await expect(
        verifyWebhook({ body: parsed as unknown as string, headers, secrets: [SECRET], now }),
      ).rejects.toThrow(
        new TypeError(
          'body must be text or bytes as they came: the signature covers them, and not what they were parsed into',
        ),
      );
    }
    const none = undefined as unknown as Headers;
    await expect(verifyWebhook({ body, headers: none, secrets: [SECRET], now })).rejects.toThrow(
      new TypeError('headers must be those of the webhook'),
    );
  });
});
