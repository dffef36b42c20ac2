import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { COMMANDS, type Entry } from './commands.ts';
import { completionStub, installCompletion } from './completion/completion.ts';
import { filesFor } from './completion/files.ts';
import { DEFAULT_URL } from './connection/connect.ts';
import { type Context, createContext, type GlobalOptions, type Surroundings } from './context.ts';
import { describeFailure } from './describe-failure.ts';
import { EXIT, EXIT_MEANINGS, type ExitCode } from './exit-codes.ts';

const HELP_WIDTH = 100;

/** What a shell asks through the completion script, and what prints the script. */
const COMPLETION = ['complete', 'completion'];

/**
 * Runs one command line (without `node` and the program) and resolves with the exit code; never rejects. Everything
 * printed goes to the streams of `around`, but for completions, which go to the process's own.
 */
export async function run(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  let options: GlobalOptions = {};
  let code: ExitCode = EXIT.ok;
  const context = createContext(
    around,
    () => options,
    (said) => {
      code = said;
    },
  );
  try {
    const program = await buildProgram(context, args);
    quieten(program, around);
    program.hook('preAction', (_, command) => {
      options = command.optsWithGlobals();
    });
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (around.signal.aborted) return EXIT.interrupted;
    const { text, exitCode } = describeFailure(error, context);
    context.out.note(`awe: ${text}`);
    return exitCode;
  }
}

/**
 * The whole tree of commands. Those whose name is not among `wanted` are there by name and summary only, because what
 * they need takes time to load; null loads all.
 */
export async function buildProgram(context: Context, wanted: readonly string[] | null): Promise<Command> {
  const program = new Command('awe')
    .description('AWE, the approval workflow engine: who must approve, who has, and what is next.')
    .version(versionOf(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .addHelpCommand(
      new Command('help').argument('[command]').summary('explain a command').helpGroup('This program:'),
    )
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what can be said here)');
  for (const option of globalOptions()) program.addOption(option);
  program.addHelpText('after', `\n${environment()}\n\n${exitCodes()}`);
  for (const entry of COMMANDS) {
    program.addCommand(isWanted(wanted, entry.name) ? await loaded(entry, context) : stubOf(entry));
  }
  if (isWanted(wanted, ...COMPLETION))
    await installCompletion(program, () => filesFor(wanted?.at(-1) ?? '', context.cwd));
  else program.addCommand(completionStub());
  return program;
}

function isWanted(wanted: readonly string[] | null, ...names: string[]): boolean {
  return wanted === null || names.some((name) => wanted.includes(name));
}

async function loaded(entry: Entry, context: Context): Promise<Command> {
  return (await entry.load(context)).summary(entry.summary).helpGroup(entry.group);
}

function stubOf({ name, summary, group }: Entry): Command {
  return new Command(name).summary(summary).description(summary).helpGroup(group);
}

function globalOptions(): Option[] {
  return [
    new Option('--url <url>', `where the service is (AWE_URL; default ${DEFAULT_URL})`),
    new Option('--token <jwt>', 'the bearer token (AWE_TOKEN, which other users of this machine cannot see)'),
    new Option(
      '--token-command <command>',
      'a command line that prints a token; run again when it has expired (AWE_TOKEN_COMMAND)',
    ),
    new Option('--as <user:roles>', 'in development only: be this user, such as ada:AWE_ADMIN'),
    new Option('--json', 'print the result as JSON: one document, or a line an item where it is a stream'),
    new Option('--no-color', 'print without colours (NO_COLOR)'),
  ];
}

function environment(): string {
  return `Errors are one line on standard error; AWE_DEBUG=1 adds the stack.
In a pipe, lists are one row a line with tabs between, in full and without titles.`;
}

function exitCodes(): string {
  return `Exit codes:\n${EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}`;
}

function versionOf(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/** Into the streams of this call instead of the process's, and never an exit. Commands that were added do not inherit it. */
function quieten(program: Command, { stdout, stderr }: Surroundings): void {
  program.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: (text, write) => write(text.replace(/^error: /, 'awe: ')),
    getOutHelpWidth: () => stdout.columns ?? HELP_WIDTH,
    getErrHelpWidth: () => stderr.columns ?? HELP_WIDTH,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  inherit(program);
}

function inherit(parent: Command): void {
  for (const child of parent.commands) inherit(child.copyInheritedSettings(parent));
}
