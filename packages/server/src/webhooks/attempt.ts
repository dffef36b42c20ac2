import type { Instant } from '@awe/engine/instant';
import type { Clock } from '../clock.ts';
import type { ClaimedDelivery } from '../ledger/deliveries-claim.ts';
import type { DeliveryResult } from '../ledger/deliveries-record.ts';
import { OutboundFailure } from '../outbound/failure.ts';
import type { Outbound, OutboundHead } from '../outbound/outbound.ts';
import { attemptHeaders, webhookBody } from './message.ts';
import { nextAttemptAt, type RetrySchedule, retryAfterSeconds } from './retry-schedule.ts';
import { SealingFailure } from './sealing.ts';
import type { SecretsInForce, SigningSecrets } from './signing-secrets.ts';

export type AttemptOptions = {
  outbound: Pick<Outbound, 'notify'>;
  secrets: Pick<SigningSecrets, 'secretsFor'>;
  clock: Clock;
  schedule: RetrySchedule;
  timeoutMs: number;
  log: { error: (detail: object, message: string) => void };
  /** Gives up what is under way: the delivery is released. */
  signal: AbortSignal;
};

const GONE = 410;
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const MAX_ERROR_LENGTH = 500;

/** Signs and sends a delivery once. Rejects only when the database did not give the secret: then nothing was sent. */
export async function attemptDelivery(
  delivery: ClaimedDelivery,
  leaseEnd: Instant,
  options: AttemptOptions,
): Promise<DeliveryResult> {
  const { clock, schedule } = options;
  const begun = performance.now();
  const end = () => ({ id: delivery.id, leaseEnd, at: clock.now() });
  const duration = () => Math.round(performance.now() - begun);
  const failed = (status_code: number | null, error: string, retryAfter: number | null): DeliveryResult => {
    const ended = end();
    const next_attempt_at =
      status_code === GONE ? null : nextAttemptAt(schedule, delivery.attempt + 1, ended.at, retryAfter);
    const duration_ms = duration();
    return { ...ended, outcome: 'failed', status_code, error: storable(error), next_attempt_at, duration_ms };
  };

  let secrets: SecretsInForce;
  try {
    secrets = await options.secrets.secretsFor(delivery.callback_secret_id, clock.now());
  } catch (error) {
    if (!(error instanceof SealingFailure)) throw error;
    options.log.error({ err: error, delivery_id: delivery.id }, 'a callback cannot be signed');
    return failed(null, `nothing was sent: the callback secret cannot be read, ${error.message}`, null);
  }
  try {
    const answer = await send(delivery, secrets, options);
    if (answer.status >= 200 && answer.status < 300) {
      return { ...end(), outcome: 'delivered', status_code: answer.status, duration_ms: duration() };
    }
    return failed(answer.status, describe(answer.status), askedToWait(answer, clock.now()));
  } catch (error) {
    if (options.signal.aborted) return { ...end(), outcome: 'released' };
    if (error instanceof OutboundFailure) return failed(null, error.message, null);
    options.log.error({ err: error, delivery_id: delivery.id }, 'a callback could not be sent');
    return failed(null, 'nothing was sent: the server could not make the call, its log says why', null);
  }
}

function send(
  delivery: ClaimedDelivery,
  secrets: SecretsInForce,
  { outbound, clock, timeoutMs, signal }: AttemptOptions,
): Promise<OutboundHead> {
  const body = webhookBody(delivery);
  return outbound.notify({
    url: delivery.callback_url,
    headers: attemptHeaders(delivery.id, body, secrets, clock.now()),
    body,
    timeoutMs,
    signal,
  });
}

function describe(status: number): string {
  if (status === GONE) return 'the receiver answered 410: nobody listens there any more';
  if (status >= 300 && status < 400) return `the receiver answered ${status}: redirects are not followed`;
  return `the receiver answered ${status}`;
}

function askedToWait({ status, headers }: OutboundHead, now: Instant): number | null {
  if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) return null;
  return retryAfterSeconds(headers['retry-after'], now);
}

/** Bounded, and without the characters that PostgreSQL or a terminal would not take. */
function storable(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, MAX_ERROR_LENGTH)
    .toWellFormed();
}
