import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Tables } from '../ledger/tables.ts';
import type { Layout } from './layout.ts';
import type { Mapping } from './mapping.ts';
import type { ImportReport } from './report.ts';

/** What the steps of one import share. `target` is the transaction that is written in, or what a dry run looks things up in. */
export type ImportRun = {
  snapshot: Kysely<Tables>;
  target: Kysely<Tables>;
  /** Nothing can be here already: the target does not have our tables yet. */
  isEmpty: boolean;
  write: boolean;
  layout: Layout;
  mapping: Mapping;
  clock: Clock;
  /** Who imports, as the audit log names them. */
  by: string;
  callbackUrlFault: (url: string) => string | null;
  onProgress: (progress: Progress) => void;
  report: ImportReport;
};

export type Progress = { done: number; total: number };
