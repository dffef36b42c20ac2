/**
 * Why a webhook is not believed:
 * - `missing_header`: it carries no signature, or no timestamp to it
 * - `malformed_header`: a header that is there cannot be read
 * - `contradiction`: its headers, or its headers and its body, speak of different events or times
 * - `stale`: it was signed too long ago, or in the future
 * - `wrong_signature`: no signature fits any of the secrets
 * - `malformed_body`: the signature is good, and the body is no event
 */
export type RefusalCode =
  | 'missing_header'
  | 'malformed_header'
  | 'contradiction'
  | 'stale'
  | 'wrong_signature'
  | 'malformed_body';

/** A webhook that must not be acted on. The message says the way out and holds neither secret nor signature. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
