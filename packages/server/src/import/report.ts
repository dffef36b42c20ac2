import type { Fault } from '@awe/engine/fault';

/** What became of the rows of one kind. `conflicting`: something else is here under their id. */
export type Tally = {
  read: number;
  imported: number;
  already_here: number;
  left_out: number;
  conflicting: number;
};

export type Kind = 'policy' | 'request' | 'delegation';

/** Something that is not taken over; `in_flight`: somebody waits for it. */
export type LeftOutEntry = { kind: Kind; id: string; name: string; in_flight: boolean; reason: string };

export type ImportReport = {
  source: string;
  target: string;
  /** False: nothing was written, because that was not asked for or `faults` forbid it. */
  written: boolean;
  /** What keeps the source from being read; nothing else is told then. */
  faults: Fault[];
  tallies: Record<Kind, Tally>;
  /** Open requests that are taken over. */
  open_requests: number;
  /** Everything in flight, all policies and delegations; of ended requests the first. */
  left_out: LeftOutEntry[];
  conflicts: { kind: Kind; id: string; name: string; reason: string }[];
  /** Versions that are kept as history, because they could not be written here. `was_active`: requests can be made by none. */
  archived_policies: { id: string; name: string; was_active: boolean; faults: Fault[] }[];
  overdue: { id: string; since: string; effect: string }[];
  /** Callback secrets of the source; `here`: what the mapping names in their place. */
  secrets: { id: string; name: string | null; here: string | null; open_requests: number }[];
  staying: { table: string; rows: number; meaning: string }[];
  /** What an operator should know about this import. */
  notes: string[];
};

export function emptyReport(source: string, target: string): ImportReport {
  const tally = (): Tally => ({ read: 0, imported: 0, already_here: 0, left_out: 0, conflicting: 0 });
  return {
    source,
    target,
    written: false,
    faults: [],
    tallies: { policy: tally(), request: tally(), delegation: tally() },
    open_requests: 0,
    left_out: [],
    conflicts: [],
    archived_policies: [],
    overdue: [],
    secrets: [],
    staying: [],
    notes: [],
  };
}

/** Whether somebody has to look before the service is switched: then the program ends with 1. */
export function needsAttention(report: ImportReport): boolean {
  return (
    report.faults.length > 0 ||
    report.conflicts.length > 0 ||
    report.left_out.some((each) => each.in_flight) ||
    report.archived_policies.some((each) => each.was_active)
  );
}
