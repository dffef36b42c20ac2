import type { PolicyCreate, PolicyOut } from '@awe/contract/policies';
import { semanticDiff } from '@awe/wording/diff/semantic-diff';
import { diffSentences } from '@awe/wording/diff/sentences';
import { type Definition, definitionOf, sameDefinition } from '../definition.ts';
import type { PolicyFile } from '../policy-file.ts';
import { NOTES } from './plan-words.ts';
import type { OnService } from './survey.ts';

export type Action = 'create' | 'new_version' | 'edit_draft' | 'activate' | 'nothing';

/** What it takes for the service to have what a file says. */
export type PolicyPlan = {
  policy_key: string;
  file: string;
  action: Action;
  /** The version that the action is about; of `create` and `new_version` the number it is going to have. */
  version: number;
  /** Whether that version becomes the active one. */
  activates: boolean;
  /** Whether it is the active one already. */
  active: boolean;
  /** Whether the file is meant to be what is active, and not only to be there. */
  wants_active: boolean;
  /** What `changes` are told against; null when there is nothing to compare with. */
  compared_with: { version: number; status: string } | null;
  /** What becomes different, in sentences. */
  changes: string[];
  /** What a reader should know beside that. */
  notes: string[];
};

/**
 * Compares a file with what the service has. The file is the truth: with `activate` it is to be the active version,
 * otherwise any version, and nothing is written that is there already.
 */
export function planPolicy(policy: PolicyFile, found: OnService | null, activate: boolean): PolicyPlan {
  const wanted = policy.definition;
  const about = { policy_key: wanted.policy_key, file: policy.file, active: false, wants_active: activate };
  if (found === null) {
    const action = { action: 'create', version: 1, activates: activate } as const;
    return { ...about, ...action, compared_with: null, changes: [], notes: [] };
  }
  const newest = versionOf(found, ({ version }) => version === found.versions[0]?.version);
  const active = versionOf(found, ({ status }) => status === 'active');
  const same = active && equals(active, wanted) ? active : versionOf(found, (each) => equals(each, wanted));
  if (same !== null && (same === active || !activate)) {
    const stays = {
      action: 'nothing',
      version: same.version,
      activates: false,
      active: same === active,
    } as const;
    return { ...about, ...stays, compared_with: null, changes: [], notes: notesOf(same, newest) };
  }
  // What nobody is asked by yet says nothing about what changes, least of all when it is what the file says.
  const compared = activate ? (active ?? (same === null ? newest : null)) : newest;
  const changes = compared === null ? [] : changesBetween(compared, wanted);
  const more = {
    compared_with: compared && { version: compared.version, status: compared.status },
    changes,
    activates: activate,
  };
  if (same !== null) {
    const notes = [
      ...(active === null ? [NOTES.noneActive] : []),
      ...(same.status === 'archived' ? [NOTES.rollback(same.version)] : []),
    ];
    return {
      ...about,
      ...more,
      action: 'activate',
      version: same.version,
      notes: [...notes, ...leftBehind(same, newest)],
    };
  }
  if (newest?.status === 'draft') {
    const notes = [NOTES.draftReplaced(newest.version, newest.created_by ?? null)];
    return { ...about, ...more, action: 'edit_draft', version: newest.version, notes };
  }
  return { ...about, ...more, action: 'new_version', version: (newest?.version ?? 0) + 1, notes: [] };
}

/** What `after` changes about `before`, in sentences; one at least, as it is only asked of two that differ. */
export function changesBetween(before: PolicyCreate, after: Definition): string[] {
  const sentences = diffSentences(semanticDiff(before, after));
  return sentences.length > 0 ? sentences : [NOTES.onlyNumbers];
}

function equals(version: PolicyOut, wanted: Definition): boolean {
  return sameDefinition(definitionOf(version), wanted);
}

/** The newest of the versions that are known in full and fit. */
function versionOf({ versions, known }: OnService, fits: (policy: PolicyOut) => boolean): PolicyOut | null {
  for (const { version } of versions) {
    const policy = known.get(version);
    if (policy && fits(policy)) return policy;
  }
  return null;
}

function notesOf(same: PolicyOut, newest: PolicyOut | null): string[] {
  const standing = same.status === 'active' ? [] : [NOTES.notActive(same.version, same.status)];
  return [...standing, ...leftBehind(same, newest)];
}

/** A draft that somebody works on, or that an earlier state of the file left behind. */
function leftBehind(same: PolicyOut, newest: PolicyOut | null): string[] {
  return newest?.status === 'draft' && newest.version > same.version
    ? [NOTES.draftStays(newest.version, newest.created_by ?? null)]
    : [];
}
