import { eventFrom, type WebhookEvent } from './event.ts';
import { type Signed, signedIn, type WebhookHeaders } from './headers.ts';
import { WebhookRefused } from './refused.ts';
import { APPROVAL, fits, type Scheme, STANDARD, signedBytes } from './signatures.ts';

export type VerifyOptions = {
  /** The secrets that webhooks may be signed with: while one is being rotated, the old and the other. */
  secrets: readonly string[];
  /** How far the time of the signature may be from ours, in either direction; 300 seconds unless given. */
  toleranceSeconds?: number | undefined;
  /** Instead of the system's clock. */
  now?: (() => Date) | undefined;
};

const DEFAULT_TOLERANCE_SECONDS = 300;
/** A rotation makes two. Each costs a hash of the body, and anybody may send a header full of them. */
const MOST_SIGNATURES = 8;

/**
 * The event of a webhook that is shown to come from the service. One signature that fits one secret is enough. `body` is
 * what came, byte for byte: parsed and written again it has another signature.
 *
 * The types name every event that this version knows; a newer service may send others, so let a `switch` have a `default`.
 *
 * @throws WebhookRefused for a webhook that must not be acted on
 * @throws RangeError when there is no secret, or an empty one, or a tolerance that lets nothing pass
 * @throws TypeError when the body was parsed before, or there are no headers
 */
export async function verifyWebhook(
  webhook: VerifyOptions & { body: string | Uint8Array | ArrayBuffer; headers: WebhookHeaders },
): Promise<WebhookEvent> {
  const { secrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = () => new Date() } = webhook;
  checkOptions(webhook);
  const bytes = bytesOf(webhook.body);
  if (!webhook.headers) throw new TypeError('headers must be those of the webhook');
  const signed = signedIn(webhook.headers);
  refuseStale(Number(signed.timestamp), toleranceSeconds, now().getTime() / 1000);
  if (!(await isGenuine(signed, secrets, bytes))) {
    throw new WebhookRefused(
      'wrong_signature',
      'No signature fits any secret. Is this the secret of the request, and the body exactly as it came, unparsed?',
    );
  }
  const event = eventFrom(textOf(bytes));
  if (signed.eventIds.some((id) => id !== event.event_id)) {
    throw new WebhookRefused('contradiction', 'The headers name another event than the body.');
  }
  return event;
}

/** @throws RangeError */
export function checkOptions({ secrets, toleranceSeconds = 0 }: VerifyOptions): void {
  const given =
    Array.isArray(secrets) && secrets.every((secret) => typeof secret === 'string' && secret !== '');
  if (!given || secrets.length === 0) {
    throw new RangeError(
      'secrets must name at least one secret and no empty one: anybody could sign with it',
    );
  }
  if (!(toleranceSeconds >= 0)) throw new RangeError('toleranceSeconds must be a number from 0');
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError(
    'body must be text or bytes as they came: the signature covers them, and not what they were parsed into',
  );
}

function refuseStale(timestamp: number, toleranceSeconds: number, nowSeconds: number): void {
  const age = Math.round(nowSeconds - timestamp);
  if (Math.abs(nowSeconds - timestamp) <= toleranceSeconds) return;
  throw new WebhookRefused(
    'stale',
    `It was signed ${Math.abs(age)} s ${age > 0 ? 'ago' : 'from now'}, and ${toleranceSeconds} s are allowed (toleranceSeconds). Is the clock of this machine right? AWE signs every attempt anew.`,
  );
}

async function isGenuine(
  { timestamp, eventIds, approval, standard }: Signed,
  secrets: readonly string[],
  body: Uint8Array,
): Promise<boolean> {
  const claims: [Scheme, string][] = [
    ...(approval === null ? [] : [[APPROVAL, approval] as [Scheme, string]]),
    ...standard.slice(0, MOST_SIGNATURES).map((each): [Scheme, string] => [STANDARD, each]),
  ];
  for (const [scheme, text] of claims) {
    const signature = scheme.read(text);
    if (signature === null) continue;
    // Whichever header names the event: they must agree with the body, which is signed.
    const signed = signedBytes(scheme.prefix(timestamp, eventIds[0] ?? ''), body);
    for (const secret of secrets) if (await fits(scheme, secret, signature, signed)) return true;
  }
  return false;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new WebhookRefused('malformed_body', 'The signature is good, but the body is not UTF-8.');
  }
}
