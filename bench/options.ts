import { parseArgs } from 'node:util';

export type Options = {
  quick: boolean;
  /** Letters of scenarios; null: all. */
  only: string[] | null;
  seconds: number;
  callers: number;
  json: string;
  check: boolean;
  record: boolean;
  help: boolean;
};

export const HELP = `npm run bench -- [options]

  --quick          smaller tables and shorter loads: a minute instead of ten
  --only a,d       only these scenarios
  --seconds N      length of each measured load (default 10, with --quick 1)
  --callers N      callers at once (default 64)
  --json PATH      where the result goes (default bench/last-run.json)
  --check          exit code 1 when a ratio is far below the recorded one
  --record         makes this run's ratios the recorded ones, in bench/baseline.json
  --help

  DATABASE_URL     the PostgreSQL to measure, which databases are made in; default: the embedded one
`;

/** @throws Error that says which option is at fault */
export function readOptions(args: string[], letters: readonly string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      seconds: { type: 'string' },
      callers: { type: 'string', default: '64' },
      json: { type: 'string', default: new URL('last-run.json', import.meta.url).pathname },
      check: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',').map((letter) => letter.trim()) ?? null;
  const unknown = only?.find((letter) => !letters.includes(letter));
  if (unknown !== undefined)
    throw new Error(`--only: there is no scenario ${unknown}; there are ${letters.join(', ')}`);
  return {
    ...values,
    only,
    seconds: positive('--seconds', values.seconds ?? (values.quick ? '1' : '10')),
    callers: Math.ceil(positive('--callers', values.callers)),
  };
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${option}: ${text} is not a number above 0`);
  return value;
}
