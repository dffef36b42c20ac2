const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Anything else is simply not found: it must not reach a uuid column, where it would be an error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
