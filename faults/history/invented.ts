import { SLA_MONITOR } from '@awe/engine/approval';
import { describeCall, outcomeOf, type RecordedCall } from '../load/recorded-call.ts';
import type { Causes } from './causes.ts';
import type { Ledger } from './ledger.ts';

/**
 * Nothing is in the ledger that nobody did: each event that only a call can write is that of a call that was acknowledged
 * or not answered, the SLA monitor acts only where time has run out, and no decision or creation of a refused call is there.
 */
export function inventedChanges(calls: readonly RecordedCall[], ledger: Ledger, causes: Causes): string[] {
  const causeless = causes.causeless.map(
    ({ request_id, sequence, event_type, actor }) =>
      `Event ${sequence} (${event_type}) of request ${request_id} by ${actor ?? 'nobody'} is not the work of any call.`,
  );
  return [...causeless, ...hastyMonitor(ledger), ...refusedButDone(calls, ledger)];
}

function hastyMonitor({ timelines }: Ledger): string[] {
  return [...timelines.values()].flatMap((events) => {
    const expired = new Set<unknown>();
    return events.flatMap(({ event_type, actor, payload, sequence, request_id }) => {
      if (event_type === 'task_expired') expired.add(payload.task_id);
      if (event_type !== 'task_decided' || actor !== SLA_MONITOR || expired.has(payload.task_id)) return [];
      return [
        `Event ${sequence} of request ${request_id} decides task ${payload.task_id}, which had not expired.`,
      ];
    });
  });
}

/** By the words of the call, wherever they are: also in rows that no event tells of. */
function refusedButDone(calls: readonly RecordedCall[], ledger: Ledger): string[] {
  const able = calls.filter((call) => outcomeOf(call) !== 'refused');
  const mayBeThere = new Set(able.map(wordOf));
  const artifacts = new Set([...ledger.requests.values()].map((row) => row.artifact_id));
  const comments = new Set([...ledger.decisions.values()].map((row) => row.comment));
  const reasons = new Set([...ledger.timelines.values()].flat().map((event) => event.payload.reason));
  return calls
    .filter((call) => outcomeOf(call) === 'refused' && !mayBeThere.has(wordOf(call)))
    .filter((call) => {
      const word = wordOf(call);
      return word !== null && (artifacts.has(word) || comments.has(word) || reasons.has(word));
    })
    .map((call) => `${describeCall(call)} was refused, and yet its words are in the ledger.`);
}

function wordOf({ body }: RecordedCall): string | null {
  const word = body?.artifact_id ?? body?.comment ?? body?.reason;
  return typeof word === 'string' ? word : null;
}
