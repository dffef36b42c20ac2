import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

const route = getRouteApi('/inbox');
/** Below it there is room for the list or for a task, not for both; as the style sheet says. */
const WIDE = '(min-width: 62.01em)';

/**
 * The task that is open, kept in the address, and the row that has the focus. `ids` are the tasks from top to bottom.
 */
export function useOpenTask(ids: readonly string[]) {
  const { task: open } = route.useSearch();
  const navigate = useNavigate();
  const before = useRef(open);
  const show = (task: string | undefined, replace = false) =>
    void navigate({ to: '/inbox', search: task === undefined ? {} : { task }, replace, resetScroll: false });
  useEffect(() => {
    if (open !== undefined) {
      if (matchMedia(WIDE).matches) rowOf(open)?.scrollIntoView({ block: 'nearest' });
      else scrollTo(0, 0);
    } else if (before.current !== undefined) {
      rowOf(before.current)?.focus();
    }
    before.current = open;
  }, [open]);
  /** The one that keys are about. */
  const current = () => open ?? focused();
  return {
    open,
    current,
    close: () => show(undefined),
    /** To the next (1) or previous (-1) task. */
    move: (step: 1 | -1) => {
      const at = ids.indexOf(current() ?? '');
      const next = ids[at < 0 ? 0 : Math.min(Math.max(at + step, 0), ids.length - 1)];
      if (next === undefined) return;
      if (open === undefined) rowOf(next)?.focus();
      else show(next, true);
    },
    /** Away from tasks that are decided: to the nearest that is left, where there is room for it beside the list. */
    leave: (decided: ReadonlySet<string>) => {
      const from = current();
      if (from === undefined || !decided.has(from)) return;
      const at = ids.indexOf(from);
      const next = [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0)).reverse()].find(
        (id) => !decided.has(id),
      );
      if (open === undefined) rowOf(next)?.focus();
      else show(matchMedia(WIDE).matches ? next : undefined, true);
    },
  };
}

function rowOf(id: string | undefined): HTMLElement | null {
  return id === undefined ? null : document.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`);
}

function focused(): string | undefined {
  return document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-task]')?.dataset.task;
}
