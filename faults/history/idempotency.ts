import type { CreateRequestOut } from '@awe/contract/requests';
import { bodyOf, describeCall, outcomeOf, type RecordedCall } from '../load/recorded-call.ts';
import type { Ledger } from './ledger.ts';

/**
 * An Idempotency-Key stands for one request and one answer, byte for byte, however often and through whatever failures
 * it was sent; another body under it is refused.
 */
export function idempotencyFaults(calls: readonly RecordedCall[], ledger: Ledger): string[] {
  const keyed = calls.filter((call) => call.key !== null);
  const rows = new Map(ledger.keys.map((row) => [nameOf(row.subject, row.key), row]));
  const made = Map.groupBy(ledger.requests.values(), ({ artifact_id }) => artifact_id);
  return [...Map.groupBy(keyed, ({ actor, key }) => nameOf(actor, key))].flatMap(([name, same]) => {
    const acknowledged = same.filter((call) => outcomeOf(call) === 'acknowledged');
    const answers = new Set(acknowledged.map((call) => call.answer?.text));
    const artifacts = new Set(same.map((call) => String(call.body?.artifact_id)));
    const requests = [...artifacts].flatMap((artifact) => made.get(artifact) ?? []);
    const row = rows.get(name);
    const faults: string[] = [];
    if (requests.length > 1)
      faults.push(`made ${requests.length} requests: ${requests.map((each) => each.id)}`);
    if (answers.size > 1) faults.push(`was answered in ${answers.size} ways`);
    if (acknowledged.length > 0 && row === undefined) faults.push('was answered, and is not in the ledger');
    if (row !== undefined && answers.size === 1 && !answers.has(row.response))
      faults.push('was answered in other words than the ledger keeps');
    if (row === undefined && requests.length > 0) faults.push('made a request, and is not in the ledger');
    if (row !== undefined && !requests.some((each) => each.id === row.request_id))
      faults.push(`leads to request ${row.request_id}, which it did not make`);
    const wrongBody = acknowledged.filter((call) => {
      const { request_id } = bodyOf<CreateRequestOut>(call);
      return ledger.requests.get(request_id)?.artifact_id !== call.body?.artifact_id;
    });
    for (const call of wrongBody) faults.push(`let ${describeCall(call)} through with another body`);
    return faults.map((fault) => `Idempotency-Key ${name} ${fault}.`);
  });
}

function nameOf(subject: string, key: string | null): string {
  return `${key} of ${subject}`;
}
