import { isDeepStrictEqual } from 'node:util';
import { insertDelegation } from '../ledger/delegations.ts';
import { knownDelegations } from '../ledger/import-known.ts';
import { readAll } from '../ledger/import-source.ts';
import { takeDelegation } from './delegations.ts';
import type { ImportRun } from './import-run.ts';
import { orLeftOut } from './left-out.ts';
import { worded } from './worded.ts';

export async function importDelegations(run: ImportRun): Promise<void> {
  const { snapshot, layout, mapping, report, target } = run;
  const table = layout.tables.user_delegation;
  if (table === null) return;
  const rows = worded(await readAll(snapshot, table), 'user_delegation', mapping);
  const tally = report.tallies.delegation;
  tally.read = rows.length;
  for (const row of rows) {
    const id = String(row.id);
    const name = `${row.user_id} to ${row.delegate_to}`;
    const taken = orLeftOut(() => takeDelegation(row, run.by));
    if (!taken.ok) {
      tally.left_out += 1;
      report.left_out.push({ kind: 'delegation', id, name, in_flight: false, reason: taken.reason });
      continue;
    }
    const window = taken.value;
    const here = run.isEmpty ? undefined : (await knownDelegations(target, [window.id])).get(window.id);
    if (here === undefined) {
      tally.imported += 1;
      if (run.write) await insertDelegation(target, window);
    } else if (isDeepStrictEqual({ ...here, created_by: null }, { ...window, created_by: null })) {
      tally.already_here += 1;
    } else {
      tally.conflicting += 1;
      report.conflicts.push({ kind: 'delegation', id, name, reason: 'it has changed since it was imported' });
    }
  }
}
