import { quote } from '@awe/engine/fault';
import type { JsonObject, JsonValue } from '@awe/engine/policy';
import { type FileFault, inOrder } from './fault.ts';
import { checkPolicyDocument, type PolicyFile } from './policy-file.ts';
import { readDocuments, type SourceDocument } from './reading/source-document.ts';
import { readSourceFiles, type SourceFile } from './reading/source-files.ts';

/** What the files given hold: policies that can work, everything that is wrong, and the fixtures beside them. */
export type PolicyFiles = {
  policies: PolicyFile[];
  faults: FileFault[];
  fixtures: SourceFile[];
  /** A whole directory was asked for, so that what it does not hold means something. */
  hasDirectory: boolean;
};

/** Reads and checks every policy below the paths given (relative to `cwd`), all faults of all files at once. */
export async function loadPolicies(paths: readonly string[], cwd: string): Promise<PolicyFiles> {
  const { files, faults, hasDirectory } = await readSourceFiles(paths, cwd);
  const fixtures = files.filter(({ kind }) => kind === 'fixture');
  const policies: PolicyFile[] = [];
  const keys = new Map<string, string>();
  for (const { name, text, kind } of files) {
    if (kind === 'fixture') continue;
    const { documents, faults: unread } = readDocuments(name, text);
    faults.push(...unread);
    for (const document of documents) {
      const checked = checkPolicyDocument(document);
      if (!checked.ok) faults.push(...checked.faults);
      else policies.push(checked.policy);
      faults.push(...takenKey(document, keys));
    }
    if (documents.length === 0 && unread.length === 0) {
      faults.push({ file: name, line: 1, column: 1, path: '', message: 'holds no policy' });
    }
  }
  return { policies, faults: inOrder(faults), fixtures, hasDirectory };
}

/** Two files cannot both be the truth about one key. `keys`: where each key stands that was seen so far. */
function takenKey({ value, file, faultAt }: SourceDocument, keys: Map<string, string>): FileFault[] {
  const key = isObject(value) ? value.policy_key : undefined;
  if (typeof key !== 'string') return [];
  const other = keys.get(key);
  const { line } = faultAt(['policy_key'], '');
  if (other === undefined) keys.set(key, `${file}:${line}`);
  return other === undefined
    ? []
    : [faultAt(['policy_key'], `${quote(key)} is also the key of ${other}: give each policy its own`)];
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
