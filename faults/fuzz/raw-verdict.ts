import { errorOf, faultsOfRefusal, parsed } from './verdict.ts';

/** What an HTTP server answers who was sent something else; 1xx and successes aside. */
const REFUSALS = [400, 401, 403, 404, 405, 408, 413, 415, 417, 422, 431];

/**
 * Everything that is wrong with what came back over a socket: no 5xx, and every refusal in the envelope. A connection
 * that is closed without a word is nobody's fault but the client's.
 */
export function faultsOfBytes(said: string): { statuses: number[]; faults: string[] } {
  const answers = answersIn(said);
  const faults = answers.flatMap(({ status, headers, text }) => {
    if (status < 400) return [];
    if (!REFUSALS.includes(status)) return [`the status is ${status}`];
    if (status === 422) return parsed(text) ? [] : [`no JSON with 422: ${text.slice(0, 200)}`];
    const found = faultsOfRefusal({ status, headers, text });
    return errorOf(text) ? found : [`${status} without an envelope: ${text.slice(0, 200)}`];
  });
  if (said !== '' && answers.length === 0) faults.push(`this is no HTTP: ${said.slice(0, 200)}`);
  return { statuses: answers.map(({ status }) => status), faults };
}

type RawAnswer = { status: number; headers: Record<string, string>; text: string };

/** Cuts by Content-Length, which every answer of the service but 1xx and 204 carries. */
function answersIn(said: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = Buffer.from(said);
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const status = /^HTTP\/1\.1 (\d{3})/.exec(rest.toString('latin1', 0, 12))?.[1];
    if (end < 0 || status === undefined) return answers;
    const [, ...lines] = rest.toString('latin1', 0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const length = Number(headers['content-length'] ?? 0);
    const text = rest.toString('utf8', end + 4, end + 4 + length);
    answers.push({ status: Number(status), headers, text });
    rest = rest.subarray(end + 4 + length);
  }
}
