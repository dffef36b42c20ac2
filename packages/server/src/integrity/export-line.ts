import type { ApprovalRequest, Decision, StageProgress, Task } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { JWK } from 'jose';
import type { AuditEntry } from './audit-chain.ts';
import type { Link } from './link.ts';

/** Of the lines below. It goes up when a reader of the older form would misread the newer. */
export const EXPORT_FORMAT = 1;

/** What was asked for. Without bounds: everything. They are those of the time in the ids of requests. */
export type HeaderLine = {
  type: 'export';
  format: typeof EXPORT_FORMAT;
  created_at: Instant;
  since: Instant | null;
  until: Instant | null;
};

export type KeyLine = { type: 'key'; jwk: JWK };

export type CheckpointLine = { type: 'checkpoint'; number: number; jws: string };

/** What a checkpoint states of one request: its head when it had `sequence` events. */
export type Entry = { request_id: string; sequence: number; hash: Link };

/** Follow their checkpoint, in order of the ids of their requests. */
export type EntryLine = { type: 'checkpoint_entry'; number: number } & Entry;

/** An event as it is stored; `hash` is null when it was written before timelines were chained. */
export type LinkedEvent = TimelineEvent & { hash: Link | null };

/** A delivery as it is stored. Its `id` is that of its event. */
export type DeliveryRow = { id: string; request_id: string; sequence: number; event_type: string } & Record<
  string,
  unknown
>;

/** A request with all that belongs to it, each list oldest first. Archives consist of these. */
export type RequestLine = {
  type: 'request';
  request: ApprovalRequest;
  head: Link | null;
  stages: StageProgress[];
  tasks: Task[];
  decisions: Decision[];
  events: LinkedEvent[];
  deliveries: DeliveryRow[];
};

/** A request that is in an archive and no longer in the database. */
export type ArchivedLine = {
  type: 'archived_request';
  request_id: string;
  sequence: number;
  head: Link | null;
  archived_at: Instant;
};

/** The head of the audit log, which is exported up to there. */
export type AuditHeadLine = { type: 'audit_head'; sequence: number; hash: Link };

export type AuditLine = { type: 'audit'; sequence: number; digest: Link; hash: Link } & AuditEntry;

/** `lines` counts those before this one. */
export type EndLine = { type: 'end'; lines: number };

export type ExportLine =
  | HeaderLine
  | KeyLine
  | CheckpointLine
  | EntryLine
  | RequestLine
  | ArchivedLine
  | AuditHeadLine
  | AuditLine
  | EndLine;

/** The line as it stands in a file, with its line feed. */
export function writeLine(line: ExportLine): string {
  return `${JSON.stringify(line)}\n`;
}
