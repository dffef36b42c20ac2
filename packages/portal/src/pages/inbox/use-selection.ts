import type { TaskOut } from '@awe/contract/tasks';
import { useState } from 'react';

/** The tasks that are to be decided together; of those that are still there. */
export function useSelection(tasks: readonly TaskOut[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = tasks.filter(({ id }) => ids.has(id));
  return {
    tasks: chosen,
    ids: new Set(chosen.map(({ id }) => id)),
    toggle: (id: string) =>
      setIds((before) => (before.has(id) ? without(before, new Set([id])) : new Set([...before, id]))),
    all: () => setIds(new Set(tasks.map(({ id }) => id))),
    drop: (gone: ReadonlySet<string>) => setIds((before) => without(before, gone)),
    clear: () => setIds(new Set()),
  };
}

function without(ids: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids].filter((id) => !gone.has(id)));
}
