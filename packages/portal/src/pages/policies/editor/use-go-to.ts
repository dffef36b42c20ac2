import { useEffect, useState } from 'react';
import type { StageDraft } from './draft/draft.ts';
import { isInside } from './draft/findings.ts';

/** Shows the card that a place of the document is in, and then puts the focus into the field nearest to it. */
export function useGoTo(stages: readonly StageDraft[], show: (id: string) => void): (path: string) => void {
  // An object, so that the same place twice is two wishes.
  const [wanted, setWanted] = useState<{ path: string } | null>(null);
  useEffect(() => {
    if (wanted !== null) fieldAt(wanted.path)?.focus();
  }, [wanted]);
  return (path) => {
    const at = /^stages\[(\d+)\]/.exec(path)?.[1];
    const stage = at === undefined ? undefined : stages[Number(at)];
    if (stage) show(stage.id);
    setWanted({ path });
  };
}

function fieldAt(path: string): HTMLElement | null {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-place]')];
  const nearest = fields
    .filter(({ dataset: { place = '' } }) => isInside(path, place))
    .sort((a, b) => (b.dataset.place ?? '').length - (a.dataset.place ?? '').length)[0];
  return nearest ?? null;
}
