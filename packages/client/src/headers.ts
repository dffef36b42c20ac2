/**
 * Refuses what no header can hold, before the platform does: its message would repeat the value, which may be a secret.
 * @throws TypeError that names the header
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new TypeError(`The header ${name} has a line break, or a character that no header can hold`);
    }
  }
}

/** What is sent beside the body. The token and the key have options of their own, and are what these say. */
export function headersOf(
  given: Readonly<Record<string, string>> | undefined,
  bearer: string | null,
  key: string | null,
): Record<string, string> {
  // Ours would take its place, and the caller believe in theirs.
  if (Object.keys(given ?? {}).some((name) => name.toLowerCase() === 'idempotency-key')) {
    throw new TypeError('The Idempotency-Key is given as idempotencyKey, and not among the headers');
  }
  const headers = {
    ...given,
    ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
    ...(key !== null && { 'idempotency-key': key }),
  };
  checkHeaders(headers);
  return headers;
}
