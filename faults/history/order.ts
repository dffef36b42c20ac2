import { describeCall, outcomeOf, type RecordedCall } from '../load/recorded-call.ts';
import type { Causes } from './causes.ts';
import type { Ledger } from './ledger.ts';

/**
 * A call that had ended before another one began comes before it in the timeline. One that was not answered may have been
 * carried out at any time after it began, so it has no end.
 */
export function orderFaults(ledger: Ledger, causes: Causes): string[] {
  return [...ledger.timelines.values()].flatMap((events) => {
    let latest: RecordedCall | null = null;
    return events.flatMap((event) => {
      const call = causes.causeOf.get(event.id);
      // A creation is sent again under its key; the first event is its in any case.
      if (call === undefined || call.operation === 'create') return [];
      const before = latest;
      if (latest === null || call.start > latest.start) latest = call;
      if (before === null || endOf(call) >= before.start) return [];
      return [
        `${describeCall(call)} ended before ${describeCall(before)} began, but comes after it in request ${event.request_id}.`,
      ];
    });
  });
}

export function endOf(call: RecordedCall): number {
  return outcomeOf(call) === 'acknowledged' ? call.end : Number.POSITIVE_INFINITY;
}
