import { WebhookRefused } from './refused.ts';

/** Headers as the platforms have them: those of `fetch`, or an object as Node makes it. */
export type WebhookHeaders =
  | { get: (name: string) => string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export type Signed = {
  /** Unix seconds, as it was signed. */
  timestamp: string;
  /** The event's id, where a header names it. */
  eventIds: readonly string[];
  approval: string | null;
  standard: readonly string[];
};

/**
 * What the headers of a webhook say.
 * @throws WebhookRefused `missing_header`, `malformed_header`, `contradiction`
 */
export function signedIn(headers: WebhookHeaders): Signed {
  const approval = header(headers, 'X-Approval-Signature');
  const standard = header(headers, 'webhook-signature');
  if (approval === null && standard === null) {
    throw new WebhookRefused(
      'missing_header',
      'Neither X-Approval-Signature nor webhook-signature is there. Did a proxy drop them, or was this not sent by AWE?',
    );
  }
  const timestamps = [header(headers, 'X-Approval-Timestamp'), header(headers, 'webhook-timestamp')];
  const [timestamp, other] = timestamps.filter((each) => each !== null);
  if (timestamp === undefined) {
    throw new WebhookRefused(
      'missing_header',
      'Neither X-Approval-Timestamp nor webhook-timestamp is there, and the signature covers one of them.',
    );
  }
  if (other !== undefined && other !== timestamp) {
    throw new WebhookRefused('contradiction', 'X-Approval-Timestamp and webhook-timestamp differ.');
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookRefused(
      'malformed_header',
      'The timestamp of the signature is no number of Unix seconds.',
    );
  }
  const ids = [header(headers, 'X-Approval-Event-Id'), header(headers, 'webhook-id')];
  return {
    timestamp,
    eventIds: ids.filter((each) => each !== null),
    approval,
    standard: standard?.split(' ').filter((each) => each !== '') ?? [],
  };
}

function header(headers: WebhookHeaders, name: string): string | null {
  const value = typeof headers.get === 'function' ? headers.get(name) : named(headers as HeaderObject, name);
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  // As some platforms list them: each in an array of its own.
  if (value.length === 1) return value[0] ?? null;
  throw new WebhookRefused('malformed_header', `${name} is there more than once.`);
}

type HeaderObject = Exclude<WebhookHeaders, { get: unknown }>;

function named(headers: HeaderObject, name: string): string | readonly string[] | undefined {
  const wanted = name.toLowerCase();
  const found = Object.keys(headers).find((each) => each.toLowerCase() === wanted);
  return found === undefined ? undefined : headers[found];
}
