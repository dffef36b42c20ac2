/**
 * - `unauthenticated`: there is no token, or it proves nothing (401)
 * - `keys_unavailable`: the issuer's keys cannot be had, so that no token can be judged (503)
 */
export type IdentityFailureKind = 'unauthenticated' | 'keys_unavailable';

/** Why nobody could be identified. The message says the way out and never repeats the token. */
export class IdentityFailure extends Error {
  override readonly name = 'IdentityFailure';
  readonly kind: IdentityFailureKind;

  constructor(kind: IdentityFailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

export function unauthenticated(message: string, cause?: unknown): IdentityFailure {
  return new IdentityFailure('unauthenticated', message, { cause });
}
