import { Command } from 'commander';
import { explain } from '../explain.ts';

const SUMMARY = 'complete commands and options with the Tab key';
const GROUP = 'This program:';
/** A placeholder of what is on disk. */
const A_FILE = /<(file|path|director)/;

/** How the command looks in the help while it is not wanted. */
export function completionStub(): Command {
  return new Command('completion').summary(SUMMARY).helpGroup(GROUP);
}

/**
 * Adds `completion <shell>`, and what its scripts ask at each Tab. `program` has its commands by then; `files` offers those
 * that the word at the cursor may become.
 */
export async function installCompletion(program: Command, files: () => string[]): Promise<void> {
  // Loaded when a shell asks.
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const root = tab(program, { completionCommandName: 'completion' });
  const offerFiles = (complete: (value: string, description: string) => void) => {
    for (const file of files()) complete(file, '');
  };
  for (const [path, offered] of root.commands) {
    const command = commandAt(program, path);
    if (command === undefined) continue;
    offered.description = command.summary() || command.description();
    // The library answers that files are not to be completed, so that where they are, we have to.
    for (const { long, flags } of command.options) {
      const option = offered.options.get(long?.slice(2) ?? '');
      if (option !== undefined && A_FILE.test(flags)) option.handler = offerFiles;
    }
    for (const argument of offered.arguments.values()) {
      if (A_FILE.test(`<${argument.name}>`)) argument.handler = offerFiles;
    }
    // The options of the whole program stand behind every command, too.
    for (const [name, option] of root.options) {
      if (!offered.options.has(name)) offered.options.set(name, option);
    }
  }
  const command = program.commands.find((each) => each.name() === 'completion');
  if (command === undefined) throw new Error('the library has added no command "completion"');
  explain(
    command
      .summary(SUMMARY)
      .helpGroup(GROUP)
      .description('Prints a script that makes a shell complete commands, options and their values.'),
    {
      role: 'none',
      examples: [
        ['completion bash > ~/.local/share/bash-completion/completions/awe', 'bash, from the next shell on'],
        ['completion zsh > ~/.zfunc/_awe', 'zsh, from the next shell on, with ~/.zfunc in $fpath'],
        ['completion fish > ~/.config/fish/completions/awe.fish', 'fish, from the next shell on'],
        ['completion powershell >> $PROFILE', 'PowerShell, from the next shell on'],
      ],
    },
  );
}

function commandAt(program: Command, path: string): Command | undefined {
  return path
    .split(' ')
    .reduce<Command | undefined>(
      (parent, name) => parent?.commands.find((each) => each.name() === name),
      program,
    );
}
