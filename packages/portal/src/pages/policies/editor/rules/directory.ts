import { useOperation } from '../../../../api/use-operation.ts';

type Settings = { keycloak?: { base_url?: string | null } };

/** Settings change with a restart; milliseconds. */
const HOUR_MS = 3_600_000;

/** Whether the service knows a directory that pickers can ask; null: not known yet. */
export function useHasDirectory(): boolean | null {
  const { data, error } = useOperation('config', {}, { every: HOUR_MS });
  if (error !== null) return false;
  return data === undefined ? null : Boolean((data as Settings).keycloak?.base_url);
}
