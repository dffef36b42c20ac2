import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Client } from '@awe/client';
import { type Connection, connect } from './connection/connect.ts';
import type { ExitCode } from './exit-codes.ts';
import { createOutput, type Output } from './output/output.ts';

export type { Client } from '@awe/client';
export type Environment = Readonly<Record<string, string | undefined>>;
/** Standard output and error: a terminal says so by `isTTY`, and how wide it is by `columns`. */
export type Stream = Writable & { isTTY?: boolean; columns?: number };

/** What surrounds one call of the program. A test brings its own. */
export type Surroundings = {
  env: Environment;
  /** Absolute; what paths on the command line start from. */
  cwd: string;
  stdin: Readable & { isTTY?: boolean };
  stdout: Stream;
  stderr: Stream;
  /** Aborted by Ctrl-C and SIGTERM: a command then ends soon, and leaves nothing half done. */
  signal: AbortSignal;
  now: () => Date;
};

/** The options that every command takes. */
export type GlobalOptions = {
  url?: string;
  token?: string;
  tokenCommand?: string;
  as?: string;
  json?: boolean;
  color?: boolean;
};

/** All that a command may use of the world around it. */
export type Context = {
  env: Environment;
  cwd: string;
  signal: AbortSignal;
  now: () => Date;
  out: Output;
  /** Everything on standard input, as UTF-8. */
  input: () => Promise<string>;
  /** Asks whoever sits at the terminal, on standard error; true where nobody does, for a script means what it says. */
  confirm: (question: string) => Promise<boolean>;
  /** Where the service is, how it is asked, and with which token; the options of the call decide. */
  connection: Connection;
  /** Says with which code the program ends when the command does; the last word counts. Without one it is 0. */
  endWith: (code: ExitCode) => void;
  /** The typed client of the service, made when it is first asked for. */
  client: () => Promise<Client>;
};

/** `options` is asked when something is used, which is after the command line was read. */
export function createContext(
  around: Surroundings,
  options: () => GlobalOptions,
  endWith: (code: ExitCode) => void,
): Context {
  const { env, cwd, signal, now, stdin, stdout, stderr } = around;
  const connection = connect({ env, cwd, signal }, options);
  return {
    env,
    cwd,
    signal,
    now,
    out: createOutput({ stdout, stderr, env, now }, options),
    input: () => text(stdin),
    confirm: (question) => confirmAt({ stdin, stderr, signal }, question),
    connection,
    endWith,
    client: connection.client,
  };
}

type Terminal = Pick<Surroundings, 'stdin' | 'stderr' | 'signal'>;

async function confirmAt({ stdin, stderr, signal }: Terminal, question: string): Promise<boolean> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return true;
  const dialogue = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await dialogue.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    dialogue.close();
  }
}
