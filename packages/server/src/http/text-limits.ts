import type { ValidationError } from '@awe/contract/validation-error';
import { shownInput } from './shape-entry.ts';

/**
 * Members of bodies that stand in an index, whose entries hold at most 2,704 bytes; characters take up to four. Nobody's
 * ids are that long, so the published schemas leave it unsaid.
 */
const MOST_CHARACTERS: Readonly<Record<string, number>> = {
  artifact_type: 512,
  artifact_id: 512,
  requester: 255,
  new_assignee: 255,
  user_id: 255,
  delegate_to: 255,
};

/** A fault for each member of the body that is longer than an index can take. */
export function overlongTexts(body: unknown): ValidationError[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.entries(MOST_CHARACTERS).flatMap(([name, max_length]) => {
    const value: unknown = Object.hasOwn(body, name) ? body[name as keyof typeof body] : undefined;
    if (typeof value !== 'string' || value.length <= max_length) return [];
    const msg = `String should have at most ${max_length} characters`;
    return [{ loc: ['body', name], type: 'string_too_long', msg, ctx: { max_length }, ...shownInput(value) }];
  });
}
