import { decodeBase64 } from './base64.ts';

/** Key material: bytes, or a string that stands for its UTF-8 bytes. */
export type SigningKey = string | Uint8Array;

/**
 * HMAC-SHA256 of the UTF-8 bytes of `text`, written in lower-case hex or in padded Base64.
 *
 * The one thing this package cannot do by itself and stay free of a platform. It is synchronous, because a server signs
 * thousands of webhooks a second and WebCrypto would make a promise of each. With Node it is one line:
 * `(key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding)`.
 */
export type HmacSha256 = (key: SigningKey, text: string, encoding: 'hex' | 'base64') => string;

export type WebhookMessage = {
  eventId: string;
  /** Unix seconds of this attempt, not of the event: receivers refuse what looks too old. */
  timestampSeconds: number;
  /** Exactly the text that is sent, as UTF-8. */
  body: string;
  /** The current secret first; beside it those that receivers may hold already, or still, during a rotation. */
  secrets: readonly [current: string, ...others: string[]];
};

export type WebhookHeaders = {
  'X-Approval-Event-Id': string;
  'X-Approval-Timestamp': string;
  'X-Approval-Signature': string;
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/** The prefix of the secrets that the service makes; what follows is Base64. */
export const SECRET_PREFIX = 'whsec_';

/**
 * The six headers of one attempt. `X-Approval-*` is signed with the current secret alone; `webhook-signature` carries
 * one signature for each secret, separated by blanks, and a receiver needs only one that fits.
 *
 * @throws RangeError when a secret is empty or the timestamp is not a whole number of seconds.
 */
export function webhookHeaders(message: WebhookMessage, hmac: HmacSha256): WebhookHeaders {
  const { eventId, timestampSeconds, body, secrets } = message;
  if (!Number.isSafeInteger(timestampSeconds) || timestampSeconds < 0) {
    throw new RangeError('timestampSeconds must be a whole number of Unix seconds');
  }
  if (secrets.some((secret) => secret === '')) {
    throw new RangeError('a webhook secret must not be empty: anybody could sign with it');
  }
  const timestamp = String(timestampSeconds);
  return {
    'X-Approval-Event-Id': eventId,
    'X-Approval-Timestamp': timestamp,
    'X-Approval-Signature': approvalSignature(secrets[0], timestamp, body, hmac),
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': [...new Set(secrets)]
      .map((secret) => standardSignature(secret, eventId, timestamp, body, hmac))
      .join(' '),
  };
}

/** The value of `X-Approval-Signature`: keyed with the UTF-8 bytes of the whole secret, prefix included. */
export function approvalSignature(secret: string, timestamp: string, body: string, hmac: HmacSha256): string {
  return `sha256=${hmac(secret, `${timestamp}.${body}`, 'hex')}`;
}

/** One signature of the Standard Webhooks scheme, for `webhook-signature`. */
export function standardSignature(
  secret: string,
  eventId: string,
  timestamp: string,
  body: string,
  hmac: HmacSha256,
): string {
  return `v1,${hmac(standardKey(secret), `${eventId}.${timestamp}.${body}`, 'base64')}`;
}

/**
 * The key of the Standard Webhooks scheme: what `new Webhook(secret)` of the `standardwebhooks` library takes from the
 * secret, which is the Base64 after an optional `whsec_`. An operator may have configured a secret that is not Base64;
 * the library refuses it in that form, so the key is the UTF-8 bytes of the whole secret, which the library takes as
 * `new Webhook(bytes, { format: 'raw' })`.
 */
export function standardKey(secret: string): SigningKey {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  const decoded = decodeBase64(encoded);
  return decoded === null || decoded.length === 0 ? secret : decoded;
}
