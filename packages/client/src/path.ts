/**
 * Refuses a value that would lead to another path than it says: `..` is resolved by every client before it is sent, and an
 * empty one makes the path of a list out of that of a row.
 * @throws TypeError that names the value's place
 */
export function checkPath(path: string, values: Readonly<Record<string, unknown>> = {}): void {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const value = values[name];
    if (value === undefined || value === null || ['', '.', '..'].includes(String(value))) {
      throw new TypeError(`path.${name} must be given, and be neither empty nor "." nor ".."`);
    }
  }
}
