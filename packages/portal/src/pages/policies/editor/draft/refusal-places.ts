import type { Fault } from '@awe/engine/fault';
import { ApiFailure } from '../../../../api/failure.ts';
import { t } from '../../../../strings/t.ts';

/** A fault begins with its place; `; ` also occurs in messages, a place only at the beginning of one. */
const PLACE = /^(policy_key|name|description|artifact_type|stages(?:\[\d+\][^\s]*)?|forbid_\w+) (.+)$/s;

/** What the service refused a policy for, each fault with its place; empty when it was about something else. */
export function refusalPlaces(failure: unknown): Fault[] {
  if (!(failure instanceof ApiFailure)) return [];
  if (failure.code === 'AWE-002') return [{ path: 'policy_key', message: t.policyEditor.facts.keyTaken }];
  if (failure.status === 422) {
    return failure.fields.map(({ path, message }) => ({
      path: path.replaceAll(/\.(\d+)/g, '[$1]'),
      message,
    }));
  }
  return failure.code === 'AWE-010' ? faultsIn(failure.message) : [];
}

function faultsIn(message: string): Fault[] {
  const faults: Fault[] = [];
  for (const part of message
    .slice(message.indexOf(': ') + 2)
    .replace(/\.$/, '')
    .split('; ')) {
    const [, path, said] = PLACE.exec(part) ?? [];
    const last = faults.at(-1);
    if (path !== undefined && said !== undefined) faults.push({ path, message: said });
    else if (last) last.message += `; ${part}`;
  }
  return faults;
}
