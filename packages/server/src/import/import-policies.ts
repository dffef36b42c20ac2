import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '@awe/engine/policy';
import { readAll } from '../ledger/import-source.ts';
import { insertPolicy } from '../ledger/import-write.ts';
import { findPolicy, listPolicyVersions, type StoredPolicy } from '../ledger/policies.ts';
import type { ImportRun } from './import-run.ts';
import { type TakenPolicy, takePolicies } from './policies.ts';
import { worded } from './worded.ts';

/** The versions that requests can be pinned to, by id; those that are not `sound` hold ended ones only. */
export type Pinnable = ReadonlyMap<string, { policy: Policy; sound: boolean }>;

export async function importPolicies(run: ImportRun): Promise<Pinnable> {
  const { snapshot, layout, mapping, report } = run;
  const { approval_policy, approval_stage, approver_rule } = layout.tables;
  const { taken, left } = takePolicies({
    policies: worded(await readAll(snapshot, approval_policy), 'approval_policy', mapping),
    stages: worded(await readAll(snapshot, approval_stage), 'approval_stage', mapping),
    rules: worded(await readAll(snapshot, approver_rule), 'approver_rule', mapping),
  });
  const tally = report.tallies.policy;
  tally.read = taken.length + left.length;
  tally.left_out = left.length;
  report.left_out.push(...left.map((each) => ({ ...each, kind: 'policy' as const, in_flight: false })));
  const pinnable = new Map<string, { policy: Policy; sound: boolean }>();
  for (const each of taken) {
    const { policy, faults, was } = each;
    const name = nameOf(policy);
    const standing = run.isEmpty ? 'absent' : await standingOf(run, each);
    if (standing !== 'absent' && standing !== 'equal') {
      tally.conflicting += 1;
      report.conflicts.push({ kind: 'policy', id: policy.id, name, reason: standing.conflict });
      continue;
    }
    pinnable.set(policy.id, { policy, sound: faults.length === 0 });
    if (faults.length > 0)
      report.archived_policies.push({ id: policy.id, name, was_active: was === 'active', faults });
    if (standing === 'equal') tally.already_here += 1;
    else {
      tally.imported += 1;
      if (run.write) await insertPolicy(run.target, policy);
    }
  }
  return pinnable;
}

function nameOf({ policy_key, version }: Policy): string {
  return `${policy_key} version ${version}`;
}

/** Status aside, which changes here once people work with it. */
async function standingOf(
  { target }: ImportRun,
  { policy }: TakenPolicy,
): Promise<'absent' | 'equal' | { conflict: string }> {
  const here = await findPolicy(target, policy.id);
  if (here)
    return isDeepStrictEqual(contentOf(here), contentOf(policy))
      ? 'equal'
      : { conflict: 'the version of this id has another content here' };
  const versions = await listPolicyVersions(target, policy.policy_key);
  if (versions.some((each) => each.version === policy.version))
    return { conflict: 'another version of this number is here' };
  if (policy.status === 'active' && versions.some((each) => each.status === 'active'))
    return { conflict: 'another version of its key is active here' };
  return 'absent';
}

function contentOf({ status: _, updated_at: __, ...content }: StoredPolicy) {
  return content;
}
