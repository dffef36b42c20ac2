import type { Schemas } from '@awe/client';
import { printable } from '../output/printable.ts';

/** What every payload repeats of the request, and what the line itself says. */
const REPEATED = new Set([
  'request_id',
  'artifact_type',
  'artifact_id',
  'status',
  'stage_order',
  'actor',
  'task_id',
]);

/** One event of a timeline on one line: when, what, where, by whom, and what its payload adds. */
export function tellEvent({ created_at, event_type, actor, payload }: Schemas['EventOut']): string {
  const stage = payload.stage_order;
  const more = Object.entries(payload)
    .filter(([name, value]) => !REPEATED.has(name) && !saysNothing(value))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const parts = [
    created_at,
    event_type,
    ...(typeof stage === 'number' && stage > 0 ? [`stage ${stage}`] : []),
    ...(actor ? [`by ${actor}`] : []),
    ...more,
  ];
  return printable(parts.join('  '));
}

function saysNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
