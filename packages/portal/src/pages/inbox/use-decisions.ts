import type { DecisionIn, TaskOut } from '@awe/contract/tasks';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';

export type Action = DecisionIn['action'];

/** What became of one decision so far. */
export type Outcome = { kind: 'waiting' | 'busy' | 'done' } | { kind: 'refused'; failure: unknown };

const CHANGED = ['listTasks', 'requestEvents', 'getRequest'] as const;

/** Decides tasks one after the other, in the same way; a refusal stops none of the others. */
export function useDecisions() {
  const queries = useQueryClient();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const isStopped = useRef(false);
  const tell = (id: string, outcome: Outcome) => setOutcomes((before) => new Map(before).set(id, outcome));
  return {
    outcomes,
    isRunning,
    /** Resolves with what became of each that was begun. */
    start: async (tasks: readonly TaskOut[], decision: DecisionIn): Promise<ReadonlyMap<string, Outcome>> => {
      const results = new Map<string, Outcome>();
      isStopped.current = false;
      setOutcomes(new Map());
      setRunning(true);
      for (const { id } of tasks) {
        if (isStopped.current) break;
        tell(id, { kind: 'busy' });
        const outcome = await decide(id, decision);
        results.set(id, outcome);
        tell(id, outcome);
      }
      await Promise.all(CHANGED.map((each) => queries.invalidateQueries({ queryKey: [each] })));
      setRunning(false);
      return results;
    },
    /** Begins none that has not begun. */
    stop: () => {
      isStopped.current = true;
    },
  };
}

async function decide(task_id: string, body: DecisionIn): Promise<Outcome> {
  try {
    await call('decide', { params: { task_id }, body });
    return { kind: 'done' };
  } catch (failure) {
    return { kind: 'refused', failure };
  }
}
