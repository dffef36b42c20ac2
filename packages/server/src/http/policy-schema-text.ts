import { policyFileSchema } from '@awe/contract/policy-file';

/** The schema of a policy file as it is served and as it stands in the repository: the same text. */
export function policySchemaText(): string {
  return `${JSON.stringify(policyFileSchema(), null, 2)}\n`;
}
