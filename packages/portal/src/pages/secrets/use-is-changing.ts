import type { SecretOut } from '@awe/contract/secrets';
import { useNow } from '../../blocks/use-now.ts';

/** Milliseconds that the present of a page may lag behind, and its clock differ from the service’s. */
const SLACK_MS = 60_000;

/** Whether the newest value of a secret does not sign yet. */
export function useIsChanging({ effective_at }: Pick<SecretOut, 'effective_at'>): boolean {
  return Date.parse(effective_at) > useNow() + SLACK_MS;
}
