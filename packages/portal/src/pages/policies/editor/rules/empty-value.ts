import type { JsonObject, RuleType } from '@awe/engine/policy';

/** What a rule of a type looks for before anybody has said it. */
export function emptyValue(type: RuleType): JsonObject {
  switch (type) {
    case 'user':
      return { user_id: '' };
    case 'role':
      return { role: '' };
    case 'group':
      return { group: '' };
    case 'expression':
      return { logic: { var: '' } };
    case 'http':
      return { url: '' };
  }
}
