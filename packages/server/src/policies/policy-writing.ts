import { quote } from '@awe/engine/fault';
import type { PolicyDocument } from '@awe/engine/policy-document';
import { AweError } from '../awe-error.ts';
import { policyKeyExists, type StoredPolicy } from '../ledger/policies.ts';
import { insertFirstDraft, insertNextDraft } from '../ledger/policies-draft.ts';
import { replaceDraft } from '../ledger/policies-replace.ts';
import { draftOf, warningsOn } from './policy-meaning.ts';
import { noSuchPolicy } from './policy-not-found.ts';
import { getVersion } from './policy-reading.ts';
import type { PolicyServices } from './policy-services.ts';

/** A version as it is now stored, and what its author should look at again. */
export type WrittenPolicy = { policy: StoredPolicy; warnings: string[] };

/** The first draft of a new key. `author` is the acting subject. Throws `policy_invalid`, `policy_exists`. */
export async function createPolicy(
  { db, clock }: PolicyServices,
  document: PolicyDocument,
  author: string,
): Promise<WrittenPolicy> {
  const draft = draftOf(document, null);
  const policy = await insertFirstDraft(db, draft, author, clock);
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
  { db, clock }: PolicyServices,
  key: string,
  document: PolicyDocument,
  author: string,
): Promise<WrittenPolicy> {
  // A key that does not exist is told before what is wrong with the document.
  if (!(await policyKeyExists(db, key))) throw noSuchPolicy(key);
  const policy = await insertNextDraft(db, draftOf(document, key), author, clock);
  if (policy === null) throw noSuchPolicy(key);
  return written(policy);
}

/** Replaces a draft whole. Throws `policy_not_found`, `policy_invalid`, and `conflict` for a version that was ever active. */
export async function editDraft(
  services: PolicyServices,
  key: string,
  version: number,
  document: PolicyDocument,
): Promise<WrittenPolicy> {
  await getVersion(services, key, version);
  const policy = await replaceDraft(services.db, version, draftOf(document, key), services.clock);
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
