import { useEffect, useRef } from 'react';

/** Where keys are letters, or belong to something that lies above the page. Nobody types into a checkbox. */
const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]';
/** Milliseconds after `g` in which the next letter chooses a page. */
const LEADER_MS = 1_200;

/**
 * Does what is told for a key. `list` holds the rows: arrows move only from there or from nowhere, because elsewhere
 * they scroll. A letter after `g` is the shell’s.
 */
export function useInboxKeys(deeds: Readonly<Record<string, () => void>>): void {
  const current = useRef(deeds);
  useEffect(() => {
    current.current = deeds;
  });
  useEffect(() => {
    let leader = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, timeStamp } = event;
      if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
      if (!(target instanceof Element) || target.closest(TYPING)) return;
      const isLed = timeStamp - leader < LEADER_MS;
      leader = key === 'g' ? timeStamp : Number.NEGATIVE_INFINITY;
      if (isLed || (key.startsWith('Arrow') && !isFromList(target))) return;
      const deed = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isFromList(target: Element): boolean {
  return target === document.body || target.closest('[data-inbox-list], h1') !== null;
}
