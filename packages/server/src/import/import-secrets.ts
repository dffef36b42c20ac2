import type { FoundColumn, PlacedTable } from '../ledger/import-layout.ts';
import { readAll } from '../ledger/import-source.ts';
import { listSecrets } from '../ledger/secrets.ts';
import type { ImportRun } from './import-run.ts';
import { leaveOut } from './left-out.ts';

/** What signs here in the place of a secret of the source; counts the open requests that need one. Throws `LeftOut`. */
export type SecretsHere = { forRequest: (id: string | null) => string | null };

/** Secrets cannot be read: they are told, with what stands for them here. */
export async function secretsHere(run: ImportRun, found: readonly FoundColumn[]): Promise<SecretsHere> {
  const { snapshot, target, mapping, layout, report } = run;
  const usable = new Set(run.isEmpty ? [] : (await listSecrets(target)).map(({ id }) => id));
  const table = placed(layout.staying.callback_secret, found);
  for (const row of table ? await readAll(snapshot, table) : []) {
    const id = String(row.id);
    const here = mapping.secrets?.[id] ?? null;
    const name = row.name === null ? null : String(row.name);
    report.secrets.push({
      id,
      name,
      here: here !== null && usable.has(here) ? here : null,
      open_requests: 0,
    });
  }
  return {
    forRequest: (id) => {
      if (id === null) return null;
      const entry = report.secrets.find((each) => each.id === id);
      if (entry) entry.open_requests += 1;
      const here = mapping.secrets?.[id];
      if (here !== undefined && usable.has(here)) return here;
      return leaveOut(
        here === undefined
          ? `its webhooks are signed with the secret ${id}, for which the mapping names none here`
          : `its webhooks are signed with the secret ${id}, and ${here}, which the mapping names, is no secret here`,
      );
    },
  };
}

function placed(name: string | undefined, found: readonly FoundColumn[]): PlacedTable | null {
  const column = (wanted: string) =>
    found.some((each) => each.table === name && each.column === wanted)
      ? { name: wanted, kind: 'text' as const, type: 'text' }
      : null;
  const id = column('id');
  return name !== undefined && id ? { name, columns: { id, name: column('name') } } : null;
}
