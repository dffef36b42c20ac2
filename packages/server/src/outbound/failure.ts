/**
 * - `refused_url`: this URL is never called (scheme, credentials, deny list, unreadable)
 * - `refused_address`: the host is, or resolves to, an address that is not called
 * - `timeout`: no complete answer in time
 * - `aborted`: the caller gave up
 * - `oversized`: the answer is longer than allowed, and its beginning is of no use
 * - `connection`: the host could not be found or reached, or it broke off
 */
export type OutboundFailureKind =
  | 'refused_url'
  | 'refused_address'
  | 'timeout'
  | 'aborted'
  | 'oversized'
  | 'connection';

/** An outbound call that got no answer. The message names the host, never path or query: they may carry secrets. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure';
  readonly kind: OutboundFailureKind;

  constructor(kind: OutboundFailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}
