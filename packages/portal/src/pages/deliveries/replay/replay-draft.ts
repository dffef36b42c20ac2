import type { DeliveryStatus, ReplayIn } from '@awe/contract/deliveries';
import { inInput, momentOf } from '../../../blocks/local-time.ts';
import { t } from '../../../strings/t.ts';

const words = t.deliveries.replay;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What is typed: moments as inputs hold them. */
export type Draft = { receiver: string; since: string; until: string; statuses: DeliveryStatus[] };
export type Faults = Partial<Record<keyof Draft, string>>;

/** What was given up in the last day, up to and with this minute; `now` in milliseconds. */
export function firstDraft(receiver: string, now: number): Draft {
  return {
    receiver,
    since: inInput(now - DAY_MS),
    until: inInput(now + MINUTE_MS),
    statuses: ['exhausted'],
  };
}

/** What is wrong, by field. */
export function faultsOf({ since, until, statuses }: Draft): Faults {
  return {
    ...(since === '' && { since: words.missing }),
    ...(until === '' ? { until: words.missing } : until <= since && { until: words.order }),
    ...(statuses.length === 0 && { statuses: words.noStatus }),
  };
}

/** On the wire. */
export function replayOf({ receiver, since, until, statuses }: Draft, dry_run: boolean): ReplayIn {
  return {
    receiver: receiver.trim() || null,
    since: momentOf(since),
    until: momentOf(until),
    statuses,
    dry_run,
  };
}
