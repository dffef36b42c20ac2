import { eventLink, genesisOf } from './event-chain.ts';
import type { RequestLine } from './export-line.ts';
import type { Fault } from './fault.ts';
import type { Link } from './link.ts';

/** `coveredFrom`: the first event that has a link; null: none has. */
export type TimelineCheck = { faults: Fault[]; coveredFrom: number | null };

/**
 * Computes the chain of a timeline anew: every event has its number and its link, and the newest link is the head.
 * After a fault it goes on from the link that is stored, so that only the places that were changed are named.
 */
export function checkTimeline({ request, head, events }: RequestLine): TimelineCheck {
  const faults: Fault[] = [];
  const fault = (place: string, message: string) => faults.push({ place, message });
  let previous: Link | null = null;
  let coveredFrom: number | null = null;
  for (const [index, event] of events.entries()) {
    const number = index + 1;
    const place = `event ${event.sequence}`;
    if (event.sequence !== number) {
      fault(place, `stands where event ${number} should: events were removed, added or numbered anew`);
    }
    if (event.request_id !== request.id) fault(place, `belongs to the request ${event.request_id}`);
    if (event.hash === null) {
      if (coveredFrom !== null) fault(place, 'has no link, though an earlier one has');
      continue;
    }
    coveredFrom ??= event.sequence;
    if (eventLink(previous ?? genesisOf(request), event) !== event.hash) {
      const what =
        previous === null
          ? 'it, or what the request asks for, was changed, or events before it were removed'
          : 'it was changed, or is not the one that followed';
      fault(place, `does not match its link: ${what}`);
    }
    previous = event.hash;
  }
  if (head !== previous) {
    const newest = events.length === 0 ? 'there are no events' : `event ${events.length} is the newest`;
    fault('head', `is not the link of the newest event: ${newest}, so events were removed, or added`);
  }
  if (request.sequence !== events.length) {
    fault('sequence', `the request says it has ${request.sequence} events, and there are ${events.length}`);
  }
  return { faults, coveredFrom };
}
