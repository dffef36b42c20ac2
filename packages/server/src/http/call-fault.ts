import type { ValidationError } from '@awe/contract/validation-error';

/**
 * A call that reached no operation:
 * - `no_such_path`, `no_such_method`: nothing is served there (404, 405)
 * - `body_too_large`, `body_not_json`: nobody looked into the body (413, 415)
 * - `rate_limited`: its caller calls too often (429)
 * - `wrong_host`: it names no host, or one that is not answered for (400)
 */
export type CallFaultKind =
  | 'no_such_path'
  | 'no_such_method'
  | 'body_too_large'
  | 'body_not_json'
  | 'rate_limited'
  | 'wrong_host';

/** `message` goes to the caller as it is; `headers` go with it. */
export class CallFault extends Error {
  override readonly name = 'CallFault';
  readonly kind: CallFaultKind;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: CallFaultKind, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.kind = kind;
    this.headers = headers;
  }
}

/** A call of the wrong shape (422), with every place that is wrong. */
export class ShapeFault extends Error {
  override readonly name = 'ShapeFault';
  readonly detail: readonly ValidationError[];

  constructor(detail: readonly ValidationError[]) {
    super('the call has the wrong shape');
    this.detail = detail;
  }
}
