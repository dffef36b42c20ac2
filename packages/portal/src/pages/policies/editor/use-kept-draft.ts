import type { PolicyCreate, PolicyOut } from '@awe/contract/policies';
import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react';
import { usePrincipal } from '../../../session/session.ts';
import { documentOf, draftOf, emptyDraft, type PolicyDraft } from './draft/draft.ts';
import { changeDraft, type DraftChange } from './draft/draft-change.ts';
import { draftPlace, forgetDraft, type KeptDraft, keepDraft, keptDraft } from './draft/kept-draft.ts';
import { sameJson } from './draft/same-json.ts';

export type Editing = {
  draft: PolicyDraft;
  /** The draft as it travels. */
  document: PolicyCreate;
  change: Dispatch<DraftChange>;
  /** The draft differs from what is saved. */
  isDirty: boolean;
  /** What the page began with, because somebody had typed it before; null: nothing. */
  restored: KeptDraft | null;
  /** What was saved has changed since somebody typed what is restored. */
  isOutdated: boolean;
  startOver: () => void;
  /** The service has it. `leaves`: another page goes on, so that this one keeps nothing any more. */
  settle: (leaves: boolean) => void;
};

/** The draft of a policy; this browser keeps it from the first change until it is saved. `base` null: a policy that does not exist. */
export function useKeptDraft(base: PolicyOut | null): Editing {
  const user = usePrincipal().id;
  const place = draftPlace(user, base?.policy_key ?? null);
  const saved = documentOf(base ? draftOf(base) : emptyDraft());
  const basedOn = base && `${base.id} ${base.updated_at}`;
  const [restored, setRestored] = useState(() => keptUnless(place, saved));
  const [draft, change] = useReducer(changeDraft, restored?.document ?? saved, draftOf);
  const document = documentOf(draft);
  const isDirty = !sameJson(document, saved);
  const began = restored ? restored.basedOn : basedOn;
  const isOver = useRef(false);
  const written = JSON.stringify(document);
  useEffect(() => {
    if (isOver.current) return;
    const typed = JSON.parse(written) as PolicyCreate;
    if (isDirty) keepDraft(place, { document: typed, basedOn: began, keptAt: new Date().toISOString() });
    else forgetDraft(place);
  }, [place, isDirty, written, began]);
  return {
    draft,
    document,
    change,
    isDirty,
    restored,
    isOutdated: restored !== null && restored.basedOn !== basedOn,
    startOver: () => {
      setRestored(null);
      change({ do: 'replace', draft: draftOf(saved) });
    },
    settle: (leaves) => {
      setRestored(null);
      isOver.current = leaves;
      if (leaves) forgetDraft(place);
    },
  };
}

function keptUnless(place: string, saved: PolicyCreate): KeptDraft | null {
  const kept = keptDraft(place);
  return kept === null || sameJson(kept.document, saved) ? null : kept;
}
