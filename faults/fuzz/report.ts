import type { Outcome } from './fuzzing.ts';

/** The whole outcome for a terminal: the table, and what was wrong with the call that makes it go wrong again. */
export function reportOf({ tally, seconds, finding, aftermath }: Outcome, seed: number): string {
  const parts = [tally.table(), `${tally.total()} calls in ${seconds.toFixed(1)} s, seed ${seed}\n`];
  if (finding) {
    parts.push(
      `\nAnswered wrongly:\n${finding.line}\n${finding.faults.map((fault) => `  ${fault}\n`).join('')}`,
    );
    parts.push(`The answer:\n${finding.answer}\n`);
  }
  if (aftermath.length > 0) parts.push(`\nAfterwards:\n${aftermath.map((fault) => `  ${fault}\n`).join('')}`);
  if (!finding && aftermath.length === 0) parts.push('Every answer was as documented.\n');
  return parts.join('');
}
