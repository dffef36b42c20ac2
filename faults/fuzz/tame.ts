/** Every text in an index is shorter, and no limit on depth is near. */
const LONGEST_TEXT = 255;
const DEEPEST = 20;

/** Whether a JSON value holds nothing that the service refuses for another reason than its schema. */
export function isTame(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  switch (typeof value) {
    case 'string':
      return value.length <= LONGEST_TEXT && value.isWellFormed() && !value.includes('\0');
    case 'number':
      return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
    case 'object':
      if (value === null) return true;
      return Object.entries(value).every(
        ([key, member]) => key !== '__proto__' && isTame(key, depth) && isTame(member, depth + 1),
      );
    default:
      return true;
  }
}
