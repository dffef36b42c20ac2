import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files below `root`, by name; resolves with `root`. */
export async function written(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return root;
}

/** A policy of one stage, in YAML; `more` goes into the stage, `rule` is its rule. */
export function policyText(
  key: string,
  more = '',
  rule = '{ rule_type: user, rule_value: { user_id: alice } }',
): string {
  return `policy_key: ${key}
name: ${key}
artifact_type: test.artifact
stages:
  - name: Only
    stage_order: 1
${more === '' ? '' : `    ${more}\n`}    rules:
      - ${rule}
`;
}
