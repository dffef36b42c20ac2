import { Readable, Writable } from 'node:stream';
import type { Stream, Surroundings } from '../src/context.ts';
import { run } from '../src/program.ts';

export type Ended = { code: number; stdout: string; stderr: string };

export type Given = {
  env?: Record<string, string>;
  cwd?: string;
  input?: string;
  /** All three streams are a terminal, and this is typed into it. */
  typed?: string;
  signal?: AbortSignal;
  now?: () => Date;
  /** Told each chunk of standard output as it comes. */
  onOutput?: (text: string) => void;
  /** The same of standard error. */
  onError?: (text: string) => void;
};

/** Runs the program in this process, with streams that are kept. */
export async function runAwe(args: readonly string[], given: Given = {}): Promise<Ended> {
  const terminal = given.typed !== undefined;
  const kept = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof kept): Stream => {
    const writable: Stream = new Writable({
      write: (chunk: Buffer, _, done) => {
        kept[name] += chunk.toString();
        const tell = name === 'stdout' ? given.onOutput : given.onError;
        tell?.(chunk.toString());
        done();
      },
    });
    return Object.assign(writable, terminal ? { isTTY: true, columns: 200 } : {});
  };
  const stdin: Surroundings['stdin'] = Readable.from([given.typed ?? given.input ?? '']);
  const code = await run(args, {
    env: given.env ?? {},
    cwd: given.cwd ?? process.cwd(),
    stdin: Object.assign(stdin, terminal ? { isTTY: true } : {}),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal: given.signal ?? new AbortController().signal,
    now: given.now ?? (() => new Date()),
  });
  return { code, ...kept };
}

/** The program as somebody uses it on one service: `as` is whose token goes with it, such as `ada:AWE_ADMIN`. */
export function aweOn(url: string, as: string, more: Given = {}) {
  const awe = (line: readonly string[], given: Given = {}) =>
    runAwe(['--url', url, '--as', as, ...line], { ...more, ...given });
  return {
    url,
    awe,
    /** What it prints as JSON; throws when it fails. */
    json: async <T>(...line: string[]): Promise<T> => {
      const { code, stdout, stderr } = await awe([...line, '--json']);
      if (code !== 0) throw new Error(`awe ${line.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}
