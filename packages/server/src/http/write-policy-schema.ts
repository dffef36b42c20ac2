import { writeFile } from 'node:fs/promises';
import { policySchemaText } from './policy-schema-text.ts';

// Writes docs/policy.schema.json, which editors read.

await writeFile(new URL('../../../../docs/policy.schema.json', import.meta.url), policySchemaText());
