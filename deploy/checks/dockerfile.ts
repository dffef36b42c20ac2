import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { ROOT } from './root.ts';

/** One instruction: its word in capitals, its flags (`from` → `build`) and its arguments, variables not expanded. */
export type Instruction = { word: string; flags: Record<string, string>; args: string[]; text: string };

/** `base` is an image, or the name of an earlier stage; `name` is empty for one that has none. */
export type Stage = { name: string; base: string; instructions: Instruction[] };

/** The stages of a Dockerfile, ours unless its text is given; the last one is the image. */
export function dockerfileStages(text = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8')): Stage[] {
  const stages: Stage[] = [];
  for (const parsed of DockerfileParser.parse(text).getInstructions()) {
    const instruction = instructionOf(parsed.getKeyword(), parsed.getTextContent());
    if (instruction.word !== 'FROM') stages.at(-1)?.instructions.push(instruction);
    else stages.push({ base: instruction.args[0] ?? '', name: instruction.args[2] ?? '', instructions: [] });
  }
  return stages;
}

/** What a process in the image is started with by one of its instructions in JSON form, or null without one. */
export function execForm({ text }: Instruction): string[] | null {
  const json = /\[.*\]$/s.exec(text)?.[0];
  return json === undefined ? null : JSON.parse(json);
}

/** The variables that ENV or ARG instructions set, in order, with `${NAME}` expanded from those before and `given`. */
export function variables(
  instructions: readonly Instruction[],
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const build: Record<string, string> = {};
  const set: Record<string, string> = {};
  for (const { word, args } of instructions) {
    if (word !== 'ENV' && word !== 'ARG') continue;
    for (const arg of args) {
      const [name = '', value = ''] = arg.split(/=(.*)/s);
      const expanded = value.replace(/\$\{(\w+)\}/g, (_, known: string) => set[known] ?? build[known] ?? '');
      if (word === 'ENV') set[name] = expanded;
      else build[name] = given[name] ?? expanded;
    }
  }
  return set;
}

function instructionOf(word: string, whole: string): Instruction {
  const text = whole.slice(word.length).replace(/\\\n/g, ' ').trim();
  const words = text.split(/\s+/);
  const flags: Record<string, string> = {};
  while (words[0]?.startsWith('--')) {
    const [name = '', value = ''] = (words.shift() ?? '').slice(2).split(/=(.*)/s);
    flags[name] = value;
  }
  return { word, flags, args: words, text };
}
