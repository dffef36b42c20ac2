import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { difference, type Manner } from '../checking/masked.ts';
import { type Block, placeOf } from '../reading/block.ts';
import { kindOf } from '../reading/kind.ts';
import { freePort } from './free-port.ts';
import type { Ground } from './ground.ts';
import { openSession, type Staying } from './session.ts';
import { runSql } from './sql.ts';

/** A page that is played from its first block to its last. */
export type Play = {
  /** Throws an error that says where and how the block is not as the page has it. */
  block: (block: Block) => Promise<void>;
  /** Ends what the page started. */
  close: () => Promise<void>;
};

const MANNERS: readonly Manner[] = ['excerpt', 'unordered'];

export async function openPlay(ground: Ground): Promise<Play> {
  const receiver = String(await freePort());
  const here = (text: string) =>
    text
      .replaceAll(/\b9000\b/g, receiver)
      .replaceAll(/(?:127\.0\.0\.1|localhost):8000/g, ground.address)
      .replaceAll('https://awe.example', `http://${ground.address}`);
  const session = openSession(ground.directory, ground.env);
  let printed = '';
  let staying: Staying | null = null;

  const runAll = async (block: Block, script: string) => {
    const ran = await session.run(inShell(block, here(script)));
    printed = ran.output;
    if (ran.code !== 0) throw new Error(`${placeOf(block)} ended with ${ran.code}:\n${ran.output}`);
  };

  const run = async (block: Block) => {
    const hours = Number(block.marks.get('hours') ?? 0);
    if (hours > 0) await ground.hoursPass(hours);
    if (block.marks.has('stays')) staying = session.stay(here(block.text));
    else await runAll(block, block.text);
  };

  const compare = async (block: Block) => {
    const wrong = block.marks.has('stays')
      ? await comesToBe(staying, (text) => difference(block.text, text, 'excerpt'))
      : difference(
          block.text,
          printed,
          MANNERS.find((name) => block.marks.has(name)),
        );
    if (wrong !== null) throw new Error(`${placeOf(block)} is not what is printed\n${wrong}`);
  };

  const save = async (file: string, text: string) => {
    const path = join(ground.directory, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${here(text)}\n`);
  };

  return {
    block: async (block) => {
      const kind = kindOf(block);
      if (kind?.kind === 'command') await run(block);
      if (kind?.kind === 'pipeline') await runAll(block, stepsOf(block.text));
      if (kind?.kind === 'output') await compare(block);
      if (kind?.kind === 'sql') printed = await runSql(ground.databaseUrl, block.text, kind.role);
      if (kind?.kind === 'saved') await save(kind.file, block.text);
    },
    close: session.close,
  };
}

/** The commands of a pipeline, all jobs one after the other. What installs is done already. */
function stepsOf(text: string): string {
  const pipeline: { jobs: Record<string, { steps: { run?: string }[] }> } = parse(text);
  const steps = Object.values(pipeline.jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? []));
  if (steps.length === 0) throw new Error('the pipeline has no step that runs anything');
  return steps.filter((step) => step !== 'npm ci').join('\n');
}

/** A block that shows how something is refused names the exit code. */
function inShell(block: Block, script: string): string {
  const code = block.marks.get('exit');
  if (code === undefined) return script;
  return `code=0\n(\nset -e\n${script}\n) || code=$?\n[ "$code" = ${code} ] || { echo "exit code $code"; false; }`;
}

/** Waits for what a program that stays prints; what is wrong when it ends before. */
async function comesToBe(staying: Staying | null, wrong: (text: string) => string | null) {
  if (staying === null) return 'no block before this one stays';
  while (!staying.ended() && wrong(staying.printed()) !== null) await staying.more();
  return wrong(staying.printed());
}
