import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { leavesOf, referenceText, wholeProgram } from '../generate/reference.ts';
import { EXIT_MEANINGS } from '../src/exit-codes.ts';
import { explanationOf } from '../src/explain.ts';
import { runAwe } from './run-awe.ts';

const program = await wholeProgram();
const leaves = leavesOf(program);

describe.each(leaves)('awe %s', (name, command) => {
  it('says what it does, who may, and shows it by examples', () => {
    expect(command.description()).toMatch(/^[A-Z].*\.$/s);
    expect(command.summary()).toMatch(/^[a-z].*[^.]$/);
    const { examples } = explanationOf(command) ?? { examples: [] };
    expect(examples.length).toBeGreaterThan(0);
    for (const argument of command.registeredArguments) expect(argument.description).not.toBe('');
    for (const option of command.options) expect(option.description).not.toBe('');
    // An example shows its own command, be it in the middle of a line.
    for (const [line] of examples) expect(`awe ${line}`).toContain(`awe ${name}`);
  });

  it('has examples with commands and options that there are', () => {
    for (const [line] of explanationOf(command)?.examples ?? []) expect(unknownIn(`awe ${line}`)).toEqual([]);
  });
});

/** Commands and long options in a line of shell that the program does not have. */
function unknownIn(line: string): string[] {
  return [...line.matchAll(/(?<![\w/.])awe ([^|&;()"]*)/g)].flatMap(([, words = '']) => {
    const [path, command] = commandOf(words.split(/\s+/));
    const known = [...program.options, ...command.options].map(({ long }) => long);
    const unknown = [...words.matchAll(/(?<=^|\s)--[a-z][a-z-]*/g)]
      .map(([option]) => option)
      .filter((option) => !known.includes(option));
    return command.commands.length > 0 ? [`awe ${path} is no command`] : unknown;
  });
}

function commandOf(words: readonly string[]): [string, Command] {
  let command = program;
  const path: string[] = [];
  for (const word of words) {
    const child = command.commands.find((each) => each.name() === word);
    if (child === undefined) break;
    command = child;
    path.push(word);
  }
  return [path.join(' '), command];
}

it('no option of a command takes the place of one that every command has', () => {
  const everywhere = program.options
    .flatMap(({ long, short }) => [long, short])
    .filter((flag) => flag !== undefined);
  for (const [, command] of leaves) {
    for (const { long, short } of command.options) {
      expect(everywhere).not.toContain(long);
      expect(everywhere).not.toContain(short);
    }
  }
});

it('the program alone explains itself, as with --help, and names every command', async () => {
  const alone = await runAwe([]);
  expect(alone).toMatchObject({ code: 0, stderr: '' });
  expect(await runAwe(['--help'])).toEqual(alone);
  for (const name of new Set(leaves.map(([path]) => path.split(' ')[0]))) {
    expect(alone.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
});

it('a command explains itself by --help and by help', async () => {
  const asked = await runAwe(['task', 'decide', '--help']);
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout).toContain('Role: the assignee of the task, or AWE_ADMIN');
  expect(asked.stdout).toContain('$ awe task decide reject --request');
  expect(await runAwe(['task', 'help', 'decide'])).toEqual(asked);
  expect(await runAwe(['help', 'task'])).toEqual(await runAwe(['task', '--help']));
});

it('docs/cli.md is what the program says: node packages/cli/generate/write-reference.ts', async () => {
  const written = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  expect(written).toBe(await referenceText());
});

it('the README has the exit codes that there are', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  for (const [code, meaning] of EXIT_MEANINGS) expect(readme).toContain(`| ${code} | ${meaning} |`);
});
