import { type Answered, attempt, type Fetch, type Send } from './attempt.ts';
import { AweError } from './awe-error.ts';
import { type Clock, pause } from './clock.ts';
import { OPERATION_TABLE } from './generated/operations.ts';
import { headersOf } from './headers.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import type { AnyInput, OperationName } from './input.ts';
import { checkTimeout } from './options.ts';
import { checkPath } from './path.ts';
import { mayRepeat, pauseAfter, type Retries } from './retries.ts';
import { isRenewable, type TokenSource, tokenFrom } from './token.ts';

/** Everything that a call needs beside its input: the options of the client with their defaults filled in. */
export type CallSetting = {
  send: Send;
  fetch: Fetch;
  token: TokenSource | undefined;
  retries: Retries;
  timeoutMs: number;
  clock: Clock;
  random: () => number;
};

/**
 * Calls an operation as often as it may be called until it succeeds.
 * @throws AweError for any other end; TypeError or RangeError for an input that cannot be sent; what the token provider
 *   throws; the signal's reason when the caller gives up
 */
export async function call(
  name: OperationName,
  input: AnyInput,
  setting: CallSetting,
  as: 'json' | 'stream' = 'json',
): Promise<Answered> {
  const { clock, retries } = setting;
  const { method, path, keyed } = OPERATION_TABLE[name];
  checkPath(path, input.path);
  const key = keyed ? (input.idempotencyKey ?? (await newIdempotencyKey())) : null;
  const reads = method === 'get';
  const token = input.token ?? setting.token;
  const end = clock.now() + retries.totalMs;
  const attemptMs = checkTimeout(input.timeoutMs ?? setting.timeoutMs);
  let refused = false;
  let refresh = false;
  let uncertain = false;
  for (let count = 1; ; count += 1) {
    const ask = { refresh };
    const headersFor = async (signal: AbortSignal) =>
      headersOf(input.headers, await tokenFrom(token, { ...ask, signal }), key);
    input.signal?.throwIfAborted();
    const left = Math.max(0, end - clock.now());
    const timeoutMs = Math.min(attemptMs, ...(count > 1 ? [left] : []));
    const called = { operation: name, reads, now: clock.now };
    const ended = await attempt({ method, path, as }, input, headersFor, { ...setting, timeoutMs, called });
    if (!(ended instanceof AweError)) return ended;
    uncertain ||= ended.outcome === 'unknown';
    refresh = ended.status === 401 && isRenewable(token) && !refused;
    if (refresh) {
      refused = true;
      continue;
    }
    const wait = pauseAfter(count, ended, retries, setting.random);
    const over = count >= retries.attempts || clock.now() + wait >= end;
    if (over || !mayRepeat(ended, reads || keyed))
      throw finalError(ended, { key, attempts: count, uncertain });
    await pause(clock, wait, input.signal);
  }
}

/** The last failure, with what the attempts before it mean for the outcome. */
function finalError(
  error: AweError,
  { key, attempts, uncertain }: { key: string | null; attempts: number; uncertain: boolean },
): AweError {
  const wayOut =
    key === null
      ? 'It is not known whether it was carried out: read the state before you repeat it.'
      : `It is not known whether it was carried out: repeat it with the same body and idempotencyKey ${key}.`;
  return new AweError(uncertain ? `${error.message} ${wayOut}` : error.message, {
    ...error,
    outcome: uncertain ? 'unknown' : 'refused',
    idempotencyKey: key,
    attempts,
    cause: error.cause,
  });
}
