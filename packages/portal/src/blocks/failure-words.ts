import { ApiFailure } from '../api/failure.ts';
import { t } from '../strings/t.ts';

type Kind = keyof typeof t.blocks.failure;

const KINDS: Readonly<Record<number, Kind>> = {
  0: 'offline',
  400: 'invalid',
  401: 'signedOut',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'tooLarge',
  422: 'invalid',
  429: 'tooMany',
  500: 'own',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

export type FailureWords = {
  title: string;
  /** What the service said; null when it said nothing. */
  message: string | null;
  advice: string;
  correlationId: string | null;
};

/** What happened and what to do, for anything that was thrown. */
export function failureWords(failure: unknown): FailureWords {
  if (!(failure instanceof ApiFailure)) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { title: t.blocks.failure.unknown, message, advice: t.blocks.advice.unknown, correlationId: null };
  }
  const kind = KINDS[failure.status] ?? 'unknown';
  const { [kind]: advice } = t.blocks.advice;
  return {
    title: t.blocks.failure[kind],
    message: failure.status === 0 || failure.message === '' ? null : failure.message,
    advice: typeof advice === 'function' ? advice(failure.retryAfter) : advice,
    correlationId: failure.correlationId,
  };
}
