import type { Entry, RequestLine } from './export-line.ts';
import type { Fault } from './fault.ts';
import { checkState } from './state-check.ts';
import { checkTimeline, type TimelineCheck } from './timeline-check.ts';

/** What a checkpoint states of this request. */
export type Stated = Pick<Entry, 'sequence' | 'hash'> & { number: number };

/** Everything about one request that can be checked: its chain, its state, and what checkpoints state of it. */
export function checkRequest(line: RequestLine, stated: readonly Stated[]): TimelineCheck {
  const { faults, coveredFrom } = checkTimeline(line);
  return { faults: [...faults, ...checkState(line), ...checkStated(line, stated)], coveredFrom };
}

function checkStated({ events }: RequestLine, stated: readonly Stated[]): Fault[] {
  return stated.flatMap(({ number, sequence, hash }) => {
    const place = `event ${sequence}`;
    const seen = `was seen by checkpoint ${number} with the link ${hash}`;
    const event = events.find((each) => each.sequence === sequence);
    if (!event) return [{ place, message: `${seen}, and is gone` }];
    if (event.hash === hash) return [];
    return [{ place, message: `${seen}, and has another: the timeline was written anew` }];
  });
}
