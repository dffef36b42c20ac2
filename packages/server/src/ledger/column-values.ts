const INT4_MAX = 2_147_483_647;

// Values that no row can hold are simply not found, as with ids that are not UUIDs; PostgreSQL would call them an error.

/** PostgreSQL's text holds everything but NUL; half a surrogate pair would reach it as another character. */
export function isText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A number that counts from 1 in an integer column. */
export function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= INT4_MAX;
}
