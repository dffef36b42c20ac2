import type { PolicyVersionOut } from '@awe/contract/policies';
import { t } from '../../../strings/t.ts';

/** For a select: every version with its status. */
export function versionChoices(versions: readonly PolicyVersionOut[]): { value: string; label: string }[] {
  const statuses: Readonly<Record<string, string>> = t.blocks.statuses;
  return versions.map(({ version, status }) => ({
    value: String(version),
    label: t.policies.page.versions.choiceOf(version, (statuses[status] ?? status).toLocaleLowerCase()),
  }));
}
