import { Type } from 'typebox';

/**
 * The kinds of setting there are. Each carries, beside its type and default, `expects`: how a message describes a good
 * value. `secret: true` keeps a value out of every message and out of `GET /config`.
 */
export type Secrecy = { secret?: boolean };

export function text(description: string, fallback: string) {
  return Type.String({
    description,
    default: fallback,
    pattern: '\\S',
    maxLength: 255,
    expects: 'text of 1 to 255 characters, not blank',
  });
}

/** Text that may be absent; an empty text means absent. */
export function optionalText(description: string, { secret = false }: Secrecy = {}) {
  return Type.Union([Type.String({ pattern: '\\S' }), Type.Null()], {
    description,
    default: null,
    secret,
    expects: 'text, or empty for none',
  });
}

export function optionalUrl(description: string) {
  const checked = Type.Refine(Type.String(), isPlainHttpUrl, () => 'must be an http(s) URL');
  return Type.Union([checked, Type.Null()], {
    description,
    default: null,
    expects: 'an http:// or https:// URL without credentials in it, or empty for none',
  });
}

export function urlList(description: string) {
  const item = Type.Refine(Type.String(), isPlainHttpUrl, () => 'must be an http(s) URL');
  return Type.Array(item, { description, default: [], expects: 'a list of http:// or https:// URLs' });
}

export function count(description: string, fallback: number, minimum: number, maximum: number) {
  return Type.Integer({
    description,
    default: fallback,
    minimum,
    maximum,
    expects: `a whole number from ${minimum} to ${maximum}`,
  });
}

export function seconds(description: string, fallback: number, minimum: number, maximum: number) {
  return Type.Number({
    description: `${description}; seconds`,
    default: fallback,
    minimum,
    maximum,
    expects: `a number of seconds from ${minimum} to ${maximum}`,
  });
}

export function flag(description: string, fallback: boolean) {
  return Type.Boolean({ description, default: fallback, expects: 'true or false' });
}

export function optionalFlag(description: string) {
  return Type.Union([Type.Boolean(), Type.Null()], {
    description,
    default: null,
    expects: 'true, false, or empty',
  });
}

function isPlainHttpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
