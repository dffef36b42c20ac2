/** The operator and operands of a JSONLogic operation; null for anything that is none. */
export function operationOf(value: unknown): { operator: string; operands: readonly unknown[] } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return null;
  const [operator, given] = entry;
  return { operator, operands: Array.isArray(given) ? given : [given] };
}
