/** What differs from run to run, and what stands for it in a comparison. */
const MASKS: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|UTC))?/g, '<time>'],
  [/\b\d+(\.\d+)? ?(ms|seconds|s)\b/g, '<duration>'],
  [/whsec_[A-Za-z0-9+/=]+/g, '<secret>'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  [/127\.0\.0\.1:\d+|localhost:\d+/g, '<address>'],
];

function masked(line: string): string {
  return MASKS.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), line.trimEnd());
}

/** `excerpt`: there is more before and after. `unordered`: there is more, and the lines may come in any order. */
export type Manner = 'whole' | 'excerpt' | 'unordered';

/**
 * Where `printed` is not what `shown` says, or null. Ids, times, durations, secrets and ports may differ; `…` in a line
 * stands for anything in it, a line with nothing else for any lines.
 */
export function difference(shown: string, printed: string, manner: Manner = 'whole'): string | null {
  if (agree(lines(shown), lines(printed), manner)) return null;
  return `shown:\n${lines(shown).join('\n')}\nprinted:\n${lines(printed).join('\n')}`;
}

function agree(shown: readonly string[], printed: readonly string[], manner: Manner): boolean {
  if (manner === 'unordered') return shown.every((line) => printed.some((other) => lineFits(line, other)));
  const pattern = shown.map((line) => (line.trim() === '…' ? null : line));
  return fits(manner === 'excerpt' ? [null, ...pattern, null] : pattern, printed);
}

function lines(text: string): string[] {
  return text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map(masked);
}

/** Null in the pattern stands for any lines. */
function fits(pattern: readonly (string | null)[], printed: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return printed.length === 0;
  if (first === null) return printed.some((_, at) => fits(rest, printed.slice(at))) || fits(rest, []);
  const [line, ...others] = printed;
  return line !== undefined && lineFits(first, line) && fits(rest, others);
}

function lineFits(shown: string, printed: string): boolean {
  if (!shown.includes('…')) return shown === printed;
  const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(printed);
}
