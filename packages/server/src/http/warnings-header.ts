/** Clients and proxies take 8 KiB of headers at least; this leaves room for the others. Bytes. */
const MAX_LENGTH = 4_096;

/** Remarks on a policy as a header: a JSON array in ASCII. Those that do not fit are counted. */
export function warningsHeader(warnings: readonly string[]): Record<string, string> {
  if (warnings.length === 0) return {};
  for (let kept = warnings.length; kept >= 0; kept -= 1) {
    const left = warnings.length - kept;
    const shown = left === 0 ? warnings : [...warnings.slice(0, kept), `and ${left} more`];
    const text = asciiJson(shown);
    if (text.length <= MAX_LENGTH) return { 'x-awe-warnings': text };
  }
  return {};
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
