import { useOperation } from '../api/use-operation.ts';

const MOST = 99;
const EVERY_MS = 60_000;

/** How many tasks wait for whoever is signed in: `7`, `99+`; null when none does or nothing is known. */
export function useWaiting(): string | null {
  const { data } = useOperation(
    'listTasks',
    { query: { assignee: 'me', status: 'open,claimed,expired', limit: MOST + 1 } },
    { every: EVERY_MS },
  );
  if (!data || data.length === 0) return null;
  return data.length > MOST ? `${MOST}+` : String(data.length);
}
