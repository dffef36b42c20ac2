import type { ImportReport, Kind } from './report.ts';

const PLURALS: Record<Kind, string> = {
  policy: 'policy versions',
  request: 'requests',
  delegation: 'delegations',
};

/** The report for people, line by line, with what needs them first. It quotes what callers wrote, as they wrote it. */
export function tellReport(report: ImportReport): string[] {
  const { source, target, faults, written } = report;
  if (faults.length > 0) {
    return [
      `The ${source} cannot be imported: it differs from what is known of the reference implementation. Nothing was written.`,
      ...faults.map(({ path, message }) => `  ${path}: ${message}`),
    ];
  }
  return [
    `From the ${source}`,
    `  to the ${target}`,
    '',
    ...section(
      'IN FLIGHT AND LEFT OUT: end them in the old service, or ask for them anew here',
      leftOut(report, true),
    ),
    ...section('CONFLICTS: something else is here under the same id, and stays', conflicts(report)),
    ...section('Active there, unusable here: mend them and activate a version', archived(report, true)),
    ...section('Past due: acted on as soon as the service starts', overdue(report)),
    ...section('Callback secrets', secrets(report)),
    ...section('Kept as archived versions only', archived(report, false)),
    ...section('Left out', leftOut(report, false)),
    ...section('Stays in the old database', staying(report)),
    ...section('Notes', report.notes),
    ...tallies(report),
    '',
    written
      ? 'Written, in one transaction.'
      : 'Nothing was written: this was a dry run. Add --write to import.',
  ];
}

function leftOut({ left_out }: ImportReport, inFlight: boolean): string[] {
  return left_out
    .filter((each) => each.in_flight === inFlight)
    .map(({ kind, id, name, reason }) => `${kind} ${id} (${name}): ${reason}`);
}

function conflicts(report: ImportReport): string[] {
  return report.conflicts.map(({ kind, id, name, reason }) => `${kind} ${id} (${name}): ${reason}`);
}

function archived({ archived_policies }: ImportReport, wasActive: boolean): string[] {
  return archived_policies
    .filter((each) => each.was_active === wasActive)
    .map(
      ({ name, faults }) => `${name}: ${faults.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
    );
}

function overdue(report: ImportReport): string[] {
  return report.overdue.map(({ id, since, effect }) => `request ${id}: due since ${since}; ${effect}`);
}

function secrets(report: ImportReport): string[] {
  return report.secrets.map(
    ({ id, name, here, open_requests }) =>
      `${name ?? 'without a name'} (${id}): ${open_requests} open requests; ${here === null ? 'make it here (awe secret create) and name it in the mapping file, secrets' : `${here} stands for it here`}`,
  );
}

function staying(report: ImportReport): string[] {
  return report.staying.map(({ table, rows, meaning }) => `${table} (${rows} rows): ${meaning}`);
}

function tallies(report: ImportReport): string[] {
  const verb = report.written ? 'imported' : 'to be imported';
  const rows = (Object.keys(PLURALS) as Kind[]).map((kind) => {
    const { read, imported, already_here, left_out, conflicting } = report.tallies[kind];
    return `${PLURALS[kind]}: ${read} read, ${imported} ${verb}, ${already_here} here already, ${left_out} left out, ${conflicting} conflicting`;
  });
  return [...rows, `of the requests ${verb}, ${report.open_requests} are open`];
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [title, ...entries.map((entry) => `  ${entry}`), ''];
}
