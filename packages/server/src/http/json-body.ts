import type { IncomingHttpHeaders } from 'node:http';
import type { ValidationError } from '@awe/contract/validation-error';
import { CallFault } from './call-fault.ts';
import { jsonFault } from './json-fault.ts';

/** A JSON value and the text it was read from, which says more of large numbers. */
export type ReadJson = { value: unknown; text: string };

/** What a call carries: nothing, a JSON value, or something that is not JSON, and where it stops being it. */
export type JsonBody =
  | { kind: 'none' }
  | ({ kind: 'value' } & ReadJson)
  | { kind: 'malformed'; fault: ValidationError };

export const NO_BODY: JsonBody = { kind: 'none' };

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const JSON_TYPE = /^application\/(?:[\w!#$&^.+-]+\+)?json$/i;

/**
 * Without a Content-Type the body is taken for JSON, as the reference implementation does.
 * @throws CallFault `body_not_json`
 */
export function requireJsonType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim();
  if (type !== undefined && !JSON_TYPE.test(type)) {
    throw new CallFault(
      'body_not_json',
      'The Content-Type is not JSON. Send the body as JSON, with the header Content-Type: application/json.',
    );
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw new CallFault(
      'body_not_json',
      'The body is compressed, and the service does not unpack it. Send it without Content-Encoding.',
    );
  }
}

/** Reads UTF-8 JSON; a byte order mark is passed over. Deep nesting is read without recursion. */
export function jsonBody(bytes: Buffer): JsonBody {
  if (bytes.length === 0) return NO_BODY;
  let text: string;
  try {
    text = UTF_8.decode(bytes);
  } catch {
    return malformed(['body'], 'the body is not valid UTF-8');
  }
  try {
    return { kind: 'value', value: JSON.parse(text), text };
  } catch (error) {
    const fault = jsonFault(text);
    if (fault === null) throw error;
    return malformed(['body', fault.position], fault.reason);
  }
}

function malformed(loc: ValidationError['loc'], reason: string): JsonBody {
  return {
    kind: 'malformed',
    fault: { loc, msg: 'JSON decode error', type: 'json_invalid', ctx: { error: reason } },
  };
}
