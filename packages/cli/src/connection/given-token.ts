import type { TokenSource } from '@awe/client';
import type { Environment, GlobalOptions } from '../context.ts';
import { usageFailure } from '../failure.ts';
import { type CommandPlace, runTokenCommand } from './token-command.ts';
import { parseUser, unsignedToken } from './unsigned-token.ts';

/** How the caller says who they are: `development` is `--as`, which only a service in development believes. */
export type GivenToken = {
  kind: 'none' | 'given' | 'command' | 'development';
  source: TokenSource | undefined;
};

/** An option beats an environment variable, and of several options one has to be chosen. */
export function givenToken(options: GlobalOptions, place: CommandPlace): GivenToken {
  const { token, command, as } = chosen(options, place.env);
  if (as !== undefined) return { kind: 'development', source: unsignedToken(parseUser(as)) };
  if (token !== undefined) return { kind: 'given', source: token };
  if (command !== undefined) return { kind: 'command', source: printedBy(command, place) };
  return { kind: 'none', source: undefined };
}

/** The command runs once, and again when the service refuses what it printed. */
function printedBy(command: string, place: CommandPlace): TokenSource {
  let printed: Promise<string> | null = null;
  return ({ refresh, signal }) => {
    // One that hangs ends with the call that waits for it.
    const ended = AbortSignal.any([place.signal, signal]);
    if (refresh || printed === null) {
      printed = runTokenCommand(command, { ...place, signal: ended });
      printed.catch(() => {
        printed = null;
      });
    }
    return printed;
  };
}

type Chosen = { token?: string | undefined; command?: string | undefined; as?: string | undefined };

function chosen({ token, tokenCommand: command, as }: GlobalOptions, env: Environment): Chosen {
  const given = [token, command, as].filter((each) => each !== undefined).length;
  if (given > 1) throw usageFailure('Give one of --token, --token-command and --as, not several.');
  if (given === 1) return { token, command, as };
  if (env.AWE_TOKEN) return { token: env.AWE_TOKEN };
  return env.AWE_TOKEN_COMMAND ? { command: env.AWE_TOKEN_COMMAND } : {};
}
