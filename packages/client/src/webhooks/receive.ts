import type { Dedup } from './dedup.ts';
import type { EventOf, OtherEvent, WebhookEvent, WebhookEventType } from './event.ts';
import type { WebhookHeaders } from './headers.ts';
import { type RefusalCode, WebhookRefused } from './refused.ts';
import { checkOptions, type VerifyOptions, verifyWebhook } from './verify.ts';

/** One handler for each event that matters; `context` is what `dedup` gives it. */
export type Handlers<Context> = {
  [Type in WebhookEventType]?: (event: EventOf<Type>, context: Context) => unknown;
};

/** What a receiver is made of. */
export type Receiving<Context> = VerifyOptions & {
  /** Called once the signature was found to be good. The webhook is answered when it has finished: be quick. */
  on: Handlers<Context>;
  /** Takes every event that has no handler, those of a newer service included; without it they are only acknowledged. */
  otherwise?: ((event: OtherEvent, context: Context) => unknown) | undefined;
  /** Lets each event be handled once. */
  dedup?: Dedup<Context> | undefined;
  /** No body is read further; 1 MiB unless given. */
  maxBytes?: number | undefined;
  /** Told of what a handler threw, and of a receiver that is wired wrongly; it goes to `console.error` unless given. */
  onError?: ((error: unknown, event: OtherEvent | null) => unknown) | undefined;
  /** Told of webhooks that are not believed; nobody is unless given. */
  onRefused?: ((refused: WebhookRefused) => unknown) | undefined;
};

/** The same; where handlers take a context there is a `dedup` to give it, for nothing else does. */
export type ReceiveOptions<Context = undefined> = Receiving<Context> &
  ([Context] extends [undefined] ? unknown : { dedup: Dedup<Context> });

/** What a webhook is answered. */
export type WebhookAnswer = {
  status: number;
  body: { status: string; message?: string };
  retryAfter?: number;
};

/** What came, once it has been read: everything an answer rests on. */
export type Delivery = { body: string | Uint8Array; headers: WebhookHeaders };

/** Somebody parsed or read the body before us, so that its bytes are gone. The message says how to wire it. */
export class BodyTaken extends Error {
  override readonly name = 'BodyTaken';
}

/** The body is longer than what is read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** 401 for what only a wrong key or clock explains; 400 for what no service sends. */
const STATUS_OF: Readonly<Record<RefusalCode, number>> = {
  missing_header: 400,
  malformed_header: 400,
  contradiction: 400,
  malformed_body: 400,
  stale: 401,
  wrong_signature: 401,
};

const BUSY_SECONDS = 5;

/**
 * Answers one webhook, whatever server brought it; `read` gets what came. Anything but 2xx makes the service send it again.
 */
export type Answerer = (read: () => Promise<Delivery>) => Promise<WebhookAnswer>;

/** @throws RangeError when there is no secret, or an empty one, or a tolerance that lets nothing pass */
export function answererOf<Context>(options: Receiving<Context>): Answerer {
  checkOptions(options);
  const { onError = (error) => console.error(error), onRefused } = options;
  return async (read) => {
    let event: WebhookEvent;
    try {
      event = await verifyWebhook({ ...options, ...(await read()) });
    } catch (error) {
      if (error instanceof WebhookRefused) tell(() => onRefused?.(error));
      else if (!(error instanceof BodyTooLarge)) tell(() => onError(error, null));
      return answerTo(error);
    }
    try {
      return await handled(event, options);
    } catch (error) {
      tell(() => onError(error, event));
      return FAILED;
    }
  };
}

/** Whoever is told has no say in what is answered: that they fail is told to the console. */
function tell(told: () => unknown): void {
  new Promise((resolve) => resolve(told())).catch((error: unknown) => console.error(error));
}

const FAILED: WebhookAnswer = {
  status: 500,
  body: { status: 'failed', message: 'The receiver could not handle it. Send it again later.' },
};

/** What is answered to a webhook that no handler came to see. */
function answerTo(error: unknown): WebhookAnswer {
  if (error instanceof WebhookRefused) return answer(STATUS_OF[error.code], error.code, error);
  if (error instanceof BodyTooLarge) return answer(413, 'too_large', error);
  if (error instanceof BodyTaken) return answer(500, 'body_taken', error);
  return FAILED;
}

function answer(status: number, code: string, { message }: Error): WebhookAnswer {
  return { status, body: { status: code, message } };
}

async function handled<Context>(
  event: WebhookEvent,
  { on, otherwise, dedup }: Receiving<Context>,
): Promise<WebhookAnswer> {
  // A type of a newer service is none of the object's own names; nor are `toString` and its like.
  const own = Object.hasOwn(on, event.event_type) ? on[event.event_type] : undefined;
  const handler = (own ?? otherwise) as ((event: WebhookEvent, context: Context) => unknown) | undefined;
  if (!handler) return { status: 200, body: { status: 'ignored' } };
  const handle = async (context: Context) => {
    await handler(event, context);
  };
  if (!dedup) {
    await handle(undefined as Context);
    return { status: 200, body: { status: 'handled' } };
  }
  const became = await dedup(event, handle);
  if (became === 'busy') return { status: 503, body: { status: became }, retryAfter: BUSY_SECONDS };
  return { status: 200, body: { status: became } };
}
