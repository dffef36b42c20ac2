/**
 * The address before `/v1/awe`, of what a caller gives: with or without it, with or without slashes at the end. In a browser
 * it may be a path, or empty: the page's own host.
 * @throws RangeError for what is no such address; the message does not repeat it, for it may hold a password
 */
export function baseUrlOf(given: string): string {
  const refuse = (what: string) =>
    new RangeError(`baseUrl must be where the service is, like https://awe.example: it ${what}`);
  if (typeof given !== 'string') throw refuse('is no text');
  if (given !== '' && !given.startsWith('/')) {
    if (!/^https?:\/\//i.test(given)) throw refuse('begins with neither http:// nor https://');
    const { username, password } = parsed(given) ?? {};
    if (username === undefined) throw refuse('cannot be read');
    if (username !== '' || password !== '') throw refuse('holds a user name or password');
  }
  if (/[?#]/.test(given)) throw refuse('holds a query or fragment');
  return given.replace(/\/+$/, '').replace(/\/v1\/awe$/, '');
}

/** By hand, because `URL.canParse` came with Node 20. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
