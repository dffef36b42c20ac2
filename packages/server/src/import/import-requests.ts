import { isEnded } from '@awe/engine/approval';
import { NOBODY_ASKED } from '@awe/engine/people';
import type { RequestLine } from '../integrity/export-line.ts';
import { knownRequests } from '../ledger/import-known.ts';
import { countRows, readRequests, type SourceRequest } from '../ledger/import-source.ts';
import { insertRequests } from '../ledger/import-write.ts';
import { isUuid } from '../ledger/uuid.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Pinnable } from './import-policies.ts';
import type { ImportRun } from './import-run.ts';
import type { SecretsHere } from './import-secrets.ts';
import { leaveOut, orLeftOut } from './left-out.ts';
import { type Overdue, proveOpen } from './prove-open.ts';
import { rebuild } from './rebuild.ts';
import { readCase, type SourceCase } from './source-case.ts';
import { wordedRequest } from './worded.ts';

/** Each with its context, which may have a quarter of a megabyte. */
const PAGE = 200;
/** Ended requests that are left out are told one by one up to here: there may be as many as there are requests. */
const MOST_TOLD = 1_000;

export async function importRequests(
  run: ImportRun,
  policies: Pinnable,
  secrets: SecretsHere,
): Promise<void> {
  const { snapshot, layout, report } = run;
  const { approval_request, approval_task, approval_decision, approval_event } = layout.tables;
  const tables = {
    request: approval_request,
    task: approval_task,
    decision: approval_decision,
    event: approval_event,
  };
  const total = await countRows(snapshot, approval_request.name);
  let after: string | null = null;
  let timeless = 0;
  for (let done = 0; ; ) {
    const page: SourceRequest[] = await readRequests(snapshot, tables, after, PAGE);
    if (page.length === 0) break;
    const lines = await takePage(run, page, policies, secrets);
    timeless += lines.filter(({ request }) => request.id[14] !== '7').length;
    if (run.write && lines.length > 0) await insertRequests(run.target, lines);
    done += page.length;
    run.onProgress({ done, total });
    after = String(page.at(-1)?.request.id);
  }
  if (timeless > 0) report.notes.push(withoutTime(timeless));
}

function withoutTime(requests: number): string {
  return `${requests} requests have ids that tell no time (they are not UUID v7). They are kept; lists may show them before newer requests, and an export by time may leave them out.`;
}

type Taken = { line: RequestLine; overdue: Overdue | null };

async function takePage(
  run: ImportRun,
  page: readonly SourceRequest[],
  policies: Pinnable,
  secrets: SecretsHere,
): Promise<RequestLine[]> {
  const { report } = run;
  const tally = report.tallies.request;
  tally.read += page.length;
  const ids = page.map(({ request }) => String(request.id)).filter(isUuid);
  const known = run.isEmpty ? new Map<string, string | null>() : await knownRequests(run.target, ids);
  const lines: RequestLine[] = [];
  for (const raw of page) {
    const id = String(raw.request.id).toLowerCase();
    const fingerprint = fingerprintOf(raw);
    const source = wordedRequest(raw, run.mapping);
    const name = `${source.request.artifact_type} ${source.request.artifact_id}`;
    const before = known.get(id);
    if (before === fingerprint) {
      tally.already_here += 1;
      continue;
    }
    if (before !== undefined) {
      tally.conflicting += 1;
      report.conflicts.push({ kind: 'request', id, name, reason: conflict(before) });
      continue;
    }
    const taken = orLeftOut(() => take(run, readCase(source, fingerprint), policies, secrets));
    if (taken.ok) {
      const { line, overdue } = taken.value;
      lines.push(line);
      tally.imported += 1;
      if (!isEnded(line.request.status)) report.open_requests += 1;
      if (overdue) report.overdue.push({ id, ...overdue });
      continue;
    }
    // A status that nobody knows may be one of those in which somebody waits.
    const in_flight = !['approved', 'rejected', 'cancelled'].includes(String(source.request.status));
    tally.left_out += 1;
    if (in_flight || tally.left_out <= MOST_TOLD)
      report.left_out.push({ kind: 'request', id, name, in_flight, reason: taken.reason });
  }
  return lines;
}

function conflict(fingerprint: string | null): string {
  return fingerprint === null
    ? 'a request of this id is here that no import brought, or it is in an archive'
    : 'its rows in the source have changed since it was imported';
}

function take(run: ImportRun, source: SourceCase, policies: Pinnable, secrets: SecretsHere): Taken {
  const pinned = policies.get(source.policy_id) ?? leaveOut('its policy version is not taken over');
  const { policy, sound } = pinned;
  if (isEnded(source.status)) return { line: rebuild(source, policy, null).line, overdue: null };
  if (!sound) leaveOut(`its policy (${policy.policy_key} version ${policy.version}) cannot work here`);
  const urlFault = source.callback_url === null ? null : run.callbackUrlFault(source.callback_url);
  if (urlFault !== null) leaveOut(`its callback_url cannot be called: ${urlFault}`);
  const secret = secrets.forRequest(source.callback_secret_id);
  const rebuilt = rebuild(source, policy, secret);
  const { now, newId } = run.clock;
  return {
    line: rebuilt.line,
    overdue: proveOpen(source, policy, rebuilt, { policy, people: NOBODY_ASKED, now: now(), newId }),
  };
}
