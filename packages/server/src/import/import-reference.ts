import { type AdminDeed, auditEntry } from '../audit/admin.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/audited.ts';
import type { Database } from '../ledger/database.ts';
import { hasTables } from '../ledger/import-known.ts';
import { type FoundColumn, readColumns } from '../ledger/import-layout.ts';
import { countRows, onSnapshot } from '../ledger/import-source.ts';
import { asOne } from '../ledger/import-write.ts';
import { importDelegations } from './import-delegations.ts';
import { importPolicies } from './import-policies.ts';
import { importRequests } from './import-requests.ts';
import type { ImportRun, Progress } from './import-run.ts';
import { secretsHere } from './import-secrets.ts';
import { STAYING_TABLES, type StayingTableName } from './known-tables.ts';
import { placeTables } from './layout.ts';
import type { Mapping } from './mapping.ts';
import { emptyReport, type ImportReport } from './report.ts';

export type ImportOptions = {
  /** Opened with `openSource`; only read. */
  source: Database;
  /** To be written, it must have been migrated; a dry run takes any. */
  target: Database;
  mapping: Mapping;
  /** False: everything is read, rebuilt and checked, and nothing is written. */
  write: boolean;
  /** Who imports, as the audit log names them. */
  by: string;
  clock: Clock;
  /** Why a `callback_url` can never be called, or null. */
  callbackUrlFault: (url: string) => string | null;
  /** Requests so far. */
  onProgress?: (progress: Progress) => void;
};

/**
 * Takes over the database of the reference implementation: policies with all versions, ended requests as history, open
 * ones where their state can be shown to be the same here, and delegations. One snapshot is read and one transaction
 * written, with an audit row that tells of it; a failure leaves nothing behind. Doing it again is safe: what is here
 * already and equal stays as it is, what differs is a conflict that is told.
 */
export async function importReference(options: ImportOptions): Promise<ImportReport> {
  const { source, target, mapping, write } = options;
  const report = emptyReport(source.target, target.target);
  return onSnapshot(source, async (snapshot) => {
    const found = await readColumns(snapshot);
    const { layout, faults } = placeTables(found, mapping);
    report.faults.push(...faults);
    if (faults.length > 0) return report;
    const isEmpty = !(await hasTables(target.kysely));
    const { by, clock, callbackUrlFault, onProgress = () => {} } = options;
    const shared = {
      snapshot,
      isEmpty,
      write,
      layout,
      mapping,
      clock,
      by,
      callbackUrlFault,
      onProgress,
      report,
    };
    if (!write) return takeAll({ ...shared, target: target.kysely }, found);
    return asOne(target, async (trx) => {
      await takeAll({ ...shared, target: trx }, found);
      report.written = true;
      await audit({ ...shared, target: trx });
      return report;
    });
  });
}

async function takeAll(run: ImportRun, found: readonly FoundColumn[]): Promise<ImportReport> {
  const { report, layout, snapshot } = run;
  const policies = await importPolicies(run);
  const secrets = await secretsHere(run, found);
  await importRequests(run, policies, secrets);
  await importDelegations(run);
  for (const [table, name] of Object.entries(layout.staying)) {
    const rows = await countRows(snapshot, name);
    if (rows > 0) report.staying.push({ table, rows, meaning: STAYING_TABLES[table as StayingTableName] });
  }
  return report;
}

/** An import that found everything here already has done nothing. */
async function audit({ target, clock, by, report }: ImportRun): Promise<void> {
  const { policy, request, delegation } = report.tallies;
  if (policy.imported + request.imported + delegation.imported === 0) return;
  const inFlight = report.left_out.filter((each) => each.in_flight);
  const deed: AdminDeed = {
    action: 'import.write',
    resource_type: 'import',
    resource_id: report.source,
    summary: `Imported ${policy.imported} policy versions, ${request.imported} requests (${report.open_requests} open) and ${delegation.imported} delegations from the reference implementation`,
    before: null,
    after: { policies: policy, requests: request, delegations: delegation },
    metadata: { left_out_in_flight: inFlight.map(({ id, reason }) => ({ id, reason })) },
  };
  await appendAudit(target, auditEntry({ id: by, email: null }, deed, clock));
}
