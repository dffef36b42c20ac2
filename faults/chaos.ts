import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HELP, readOptions } from './crashes/options.ts';
import type { RoundResult } from './crashes/round.ts';
import { playRounds } from './crashes/rounds.ts';
import { roundLine, summaryTable } from './crashes/summary.ts';

const SHOWN_FAULTS = 5;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    console.log(HELP);
    return;
  }
  const { rounds, seed } = options;
  const evidence = options.evidence ?? join(tmpdir(), `awe-chaos-evidence-${seed}`);
  console.log(`${rounds} rounds, seed ${seed}, ${options.lanes} at a time.`);
  const onRound = async (result: RoundResult, place: number) => {
    console.log(roundLine(result, place, rounds));
    for (const fault of result.faults.slice(0, SHOWN_FAULTS)) console.log(`    ${fault}`);
    if (result.faults.length > 0) await keep(join(evidence, `${result.fault}-${result.seed}`), result);
  };
  const results = await playRounds({ ...options, onRound });
  console.log(`\n${summaryTable(results)}`);
  const faulty = results.filter(({ faults }) => faults.length > 0);
  if (faulty.length === 0) return;
  console.log(`\nThe evidence of ${faulty.length} rounds is in ${evidence}; again, one at a time:`);
  for (const { fault, seed: own } of faulty)
    console.log(`  npm run chaos -- --rounds 1 --lanes 1 --only ${fault} --seed ${own}`);
  process.exitCode = 1;
}

async function keep(directory: string, { faults, evidence }: RoundResult): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'faults.txt'), `${faults.join('\n')}\n`);
  for (const [name, content] of Object.entries(evidence)) await writeFile(join(directory, name), content);
}

main().catch((error: unknown) => {
  console.error(`chaos: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
// What a signal ends takes its services with it: they are killed on `exit`, and their databases end after them.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
