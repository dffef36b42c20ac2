import type { OtherEvent } from '../webhooks/event.ts';
import { APPROVAL, STANDARD, signatureOf, signedBytes } from '../webhooks/signatures.ts';

export type SignOptions = {
  /** Signs both schemes. */
  secret: string;
  /** While a secret is rotated the Standard Webhooks header carries a signature of each. */
  otherSecrets?: readonly string[];
  /** When the attempt was made; at this moment unless given. */
  at?: Date;
};

/** A webhook as it goes over the wire. */
export type SignedWebhook = { headers: Record<string, string>; body: string };

/** The event as the service sends it: signed with both schemes. Send the body as it is. */
export async function signWebhook(event: OtherEvent, options: SignOptions): Promise<SignedWebhook> {
  const { secret, otherSecrets = [], at = new Date() } = options;
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = (scheme: typeof APPROVAL) =>
    signedBytes(scheme.prefix(timestamp, event.event_id), new TextEncoder().encode(body));
  const standard = [secret, ...otherSecrets].map((each) => signatureOf(STANDARD, each, signed(STANDARD)));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-approval-event-id': event.event_id,
      'x-approval-timestamp': timestamp,
      'x-approval-signature': await signatureOf(APPROVAL, secret, signed(APPROVAL)),
      'webhook-id': event.event_id,
      'webhook-timestamp': timestamp,
      'webhook-signature': (await Promise.all(standard)).join(' '),
    },
  };
}
