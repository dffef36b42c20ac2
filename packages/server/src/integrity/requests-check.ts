import type { ArchivedLine, Entry, HeaderLine, RequestLine } from './export-line.ts';
import { type Fault, within } from './fault.ts';
import { idTime } from './id-time.ts';
import type { Link } from './link.ts';
import { checkRequest, type Stated } from './request-check.ts';

/** Takes what checkpoints state, then requests, then what was archived, in any order of the last two. */
export type RequestsCheck = {
  state: (entry: Entry, number: number) => void;
  /** `since`: when the first checkpoint was made, from which on every event has a link. */
  take: (line: RequestLine, since: string | null) => void;
  takeArchived: (line: ArchivedLine) => void;
  /** Once there are no more. */
  finish: (header: HeaderLine | null) => Fault[];
  notes: () => string[];
  count: () => number;
};

export function createRequestsCheck(): RequestsCheck {
  const faults: Fault[] = [];
  const stated = new Map<string, Stated[]>();
  const archived = new Map<string, ArchivedLine>();
  /** The heads of those that were seen and that checkpoints or archives tell of, or may yet. */
  const seen = new Map<string, Link | null>();
  let uncovered = 0;
  let partly = 0;

  return {
    state({ request_id, sequence, hash }, number) {
      const known = stated.get(request_id);
      if (known) known.push({ number, sequence, hash });
      else stated.set(request_id, [{ number, sequence, hash }]);
    },

    take(line, since) {
      const { id } = line.request;
      const place = `request ${id}`;
      const { faults: found, coveredFrom } = checkRequest(line, stated.get(id) ?? []);
      faults.push(...found.map((fault) => within(place, fault)));
      seen.set(id, line.head);
      const bare = line.events.filter(({ hash }) => hash === null);
      if (bare.length === 0) return;
      if (coveredFrom === null) uncovered += 1;
      else partly += 1;
      const late = bare.find(({ created_at }) => since !== null && created_at > since);
      if (late) {
        faults.push({
          place: `${place}, event ${late.sequence}`,
          message: `has no link, though it was written after the first checkpoint (${since})`,
        });
      }
    },

    takeArchived(line) {
      archived.set(line.request_id, line);
    },

    finish(header) {
      for (const [id, { head, sequence }] of archived) {
        if (!seen.has(id)) {
          faults.push({
            place: `request ${id}`,
            message: 'was archived, and its archive is not among the files',
          });
        } else if (seen.get(id) !== head) {
          faults.push({
            place: `request ${id}`,
            message: `was archived with ${sequence} events and another head`,
          });
        }
      }
      for (const [id, entries] of stated) {
        if (seen.has(id) || archived.has(id) || !isAskedFor(id, header)) continue;
        const { number, sequence } = entries[0] as Stated;
        faults.push({
          place: `request ${id}`,
          message: `was seen by checkpoint ${number} with ${sequence} events, and is gone`,
        });
      }
      return faults;
    },

    notes: () => [
      ...(uncovered > 0
        ? [`${uncovered} requests have no link at all: they are older than the chains, and not covered.`]
        : []),
      ...(partly > 0
        ? [`${partly} requests have links from a later event on: those before are not covered.`]
        : []),
    ],
    count: () => seen.size,
  };
}

/** An export of a range holds the requests whose ids are of that time. */
function isAskedFor(id: string, header: HeaderLine | null): boolean {
  const at = idTime(id);
  const { since = null, until = null } = header ?? {};
  return (since === null || at >= since) && (until === null || at < until);
}
