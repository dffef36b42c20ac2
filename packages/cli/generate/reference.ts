import { Readable, Writable } from 'node:stream';
import type { Argument, Command, Option } from 'commander';
import { createContext } from '../src/context.ts';
import { EXIT_MEANINGS } from '../src/exit-codes.ts';
import { explanationOf } from '../src/explain.ts';
import { buildProgram } from '../src/program.ts';

/** Every command, with nothing around it that it could act on. */
export async function wholeProgram(): Promise<Command> {
  const nowhere = () => new Writable({ write: (_, __, done) => done() });
  const around = {
    env: {},
    cwd: '/',
    stdin: Readable.from([]),
    stdout: nowhere(),
    stderr: nowhere(),
    signal: new AbortController().signal,
    now: () => new Date(0),
  };
  return buildProgram(
    createContext(
      around,
      () => ({}),
      () => {},
    ),
    null,
  );
}

/** The commands that do something, each with its whole name: `task list`. */
export function leavesOf(command: Command, path: readonly string[] = []): [string, Command][] {
  return command.commands
    .filter((each) => each.name() !== 'help' && each.name() !== 'complete')
    .flatMap((child): [string, Command][] => {
      const name = [...path, child.name()];
      return child.commands.length > 0 ? leavesOf(child, name) : [[name.join(' '), child]];
    });
}

/** `docs/cli.md`: what the help of every command says, as one page. */
export async function referenceText(): Promise<string> {
  const program = await wholeProgram();
  const groups = program.commands.filter((each) => each.name() !== 'complete' && each.name() !== 'help');
  return `${[
    '# The command `awe`',
    '',
    'Written by `node packages/cli/generate/write-reference.ts` from the program itself; `awe <command> --help` says the same.',
    '',
    '## Everywhere',
    '',
    ...table(['option', 'does'], program.options.map(optionRow)),
    '',
    '## Exit codes',
    '',
    ...table(
      ['code', 'means'],
      EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning]),
    ),
    ...groups.flatMap((group) => [
      '',
      `## awe ${group.name()}`,
      '',
      group.description(),
      ...(group.commands.length === 0 ? body(group) : leavesOf(group, [group.name()]).flatMap(section)),
    ]),
  ].join('\n')}\n`;
}

function section([name, command]: [string, Command]): string[] {
  return ['', `### awe ${name}`, '', command.description(), ...body(command)];
}

function body(command: Command): string[] {
  const { registeredArguments, options } = command;
  const explained = explanationOf(command);
  return [
    '',
    '```',
    `awe ${pathOf(command)} ${command.usage()}`.trimEnd(),
    '```',
    ...(registeredArguments.length === 0
      ? []
      : ['', ...table(['argument', 'is'], registeredArguments.map(argumentRow))]),
    ...(options.length === 0 ? [] : ['', ...table(['option', 'does'], options.map(optionRow))]),
    ...(explained === null
      ? []
      : [
          '',
          `Role: ${explained.role}.`,
          '',
          '```sh',
          ...explained.examples.flatMap(([line, does]) => [`# ${does}`, `awe ${line}`]),
          '```',
        ]),
  ];
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

function argumentRow(argument: Argument): string[] {
  const choices = argument.argChoices ? ` (one of ${argument.argChoices.join(', ')})` : '';
  return [`\`${argument.name()}\``, argument.description + choices];
}

function optionRow({ flags, description, argChoices, defaultValue }: Option): string[] {
  const notes = [
    ...(argChoices ? [`one of ${argChoices.join(', ')}`] : []),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean' ? [] : [`default: ${defaultValue}`]),
  ];
  return [`\`${flags}\``, notes.length === 0 ? description : `${description} (${notes.join('; ')})`];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}
