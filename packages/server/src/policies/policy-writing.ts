import { quote } from '@awe/engine/fault';
import type { PolicyDocument } from '@awe/engine/policy-document';
import type { Admin } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import { audited } from '../ledger/audited.ts';
import { policyKeyExists, type StoredPolicy } from '../ledger/policies.ts';
import { insertFirstDraft, insertNextDraft } from '../ledger/policies-draft.ts';
import { replaceDraft } from '../ledger/policies-replace.ts';
import { policyDeed } from './policy-deed.ts';
import { draftOf, warningsOn } from './policy-meaning.ts';
import { noSuchPolicy } from './policy-not-found.ts';
import { getVersion } from './policy-reading.ts';
import type { PolicyServices } from './policy-services.ts';

/** A version as it is now stored, and what its author should look at again. */
export type WrittenPolicy = { policy: StoredPolicy; warnings: string[] };

/** The first draft of a new key. Throws `policy_invalid`, `policy_exists`. */
export async function createPolicy(
  services: PolicyServices,
  document: PolicyDocument,
  author: Admin,
): Promise<WrittenPolicy> {
  const draft = draftOf(document, null);
  const policy = await audited(services, author, async (trx) => {
    const result = await insertFirstDraft(trx, draft, author.id, services.clock);
    return { result, deed: result && policyDeed('policy.create', 'Created', null, result) };
  });
  if (policy === null) {
    throw new AweError(
      'policy_exists',
      `A policy with the key ${quote(draft.policy_key)} exists: PUT /policies/{policy_key} adds a version to it.`,
    );
  }
  return written(policy);
}

/** A new draft, numbered one above the newest version. Throws `policy_not_found`, `policy_invalid`. */
export async function addVersion(
  services: PolicyServices,
  key: string,
  document: PolicyDocument,
  author: Admin,
): Promise<WrittenPolicy> {
  // A key that does not exist is told before what is wrong with the document.
  if (!(await policyKeyExists(services.db, key))) throw noSuchPolicy(key);
  const draft = draftOf(document, key);
  const policy = await audited(services, author, async (trx) => {
    const result = await insertNextDraft(trx, draft, author.id, services.clock);
    return { result, deed: result && policyDeed('policy.add_version', 'Added', null, result) };
  });
  if (policy === null) throw noSuchPolicy(key);
  return written(policy);
}

/** Replaces a draft whole. Throws `policy_not_found`, `policy_invalid`, and `conflict` for a version that was ever active. */
export async function editDraft(
  services: PolicyServices,
  key: string,
  version: number,
  document: PolicyDocument,
  author: Admin,
): Promise<WrittenPolicy> {
  await getVersion(services, key, version);
  const draft = draftOf(document, key);
  const policy = await audited(services, author, async (trx) => {
    const replaced = await replaceDraft(trx, version, draft, services.clock);
    if (replaced === null) return { result: null, deed: null };
    const { before, after } = replaced;
    return { result: after, deed: policyDeed('policy.update', 'Replaced the draft,', before, after) };
  });
  if (policy === null) {
    const { status } = await getVersion(services, key, version);
    throw new AweError(
      'conflict',
      `Version ${version} of the policy ${quote(key)} is ${status} and cannot be changed any more: PUT /policies/{policy_key} adds a new version.`,
    );
  }
  return written(policy);
}

function written(policy: StoredPolicy): WrittenPolicy {
  return { policy, warnings: warningsOn(policy.stages) };
}
