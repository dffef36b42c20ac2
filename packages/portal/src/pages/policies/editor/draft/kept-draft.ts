import type { PolicyCreate } from '@awe/contract/policies';

/** What somebody typed and did not save. `basedOn` names the state of the version it began with; null: none. */
export type KeptDraft = { document: PolicyCreate; basedOn: string | null; keptAt: string };

/** Where this browser keeps what `user` types for a policy; `policyKey` null: for one that does not exist yet. */
export function draftPlace(user: string, policyKey: string | null): string {
  return `awe.policy-draft:${encodeURIComponent(user)}:${encodeURIComponent(policyKey ?? '')}`;
}

/** Null when nothing is kept, or what is kept cannot be read any more. */
export function keptDraft(place: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** A full or forbidden storage keeps nothing; what is typed still is on the page. */
export function keepDraft(place: string, kept: KeptDraft): void {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    forgetDraft(place);
  }
}

export function forgetDraft(place: string): void {
  localStorage.removeItem(place);
}

function isKept(value: unknown): value is KeptDraft {
  const { document, keptAt } = (value ?? {}) as Partial<KeptDraft>;
  return (
    typeof keptAt === 'string' && typeof document?.policy_key === 'string' && Array.isArray(document.stages)
  );
}
