import { SLA_MONITOR } from './approval.ts';

/** As long as a token's subject may be: nobody can sign in under a longer id. It also fits every index. */
const MAX_USER_ID_LENGTH = 255;

/** Why nobody can have this user id, or null. */
export function userIdFault(id: unknown): string | null {
  if (typeof id !== 'string') return 'is not a string';
  if (id.trim() === '') return 'is blank';
  if (id.length > MAX_USER_ID_LENGTH) return `is longer than ${MAX_USER_ID_LENGTH} characters`;
  if (id.includes('\0')) return 'holds a NUL character';
  if (id === SLA_MONITOR) return `is ${SLA_MONITOR}, the service's own name`;
  if (!id.isWellFormed()) return 'holds half a surrogate pair';
  return null;
}
