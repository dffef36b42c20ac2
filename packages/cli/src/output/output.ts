import { styleText } from 'node:util';
import type { Environment, GlobalOptions, Stream } from '../context.ts';
import { barOn, type Progress } from './progress.ts';
import { writeRows } from './rows.ts';
import type { Column } from './table.ts';

export type Style = Parameters<typeof styleText>[0];
/** `text` in colour, or as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

/** Results go to standard output, and nothing else does; everything said about the work goes to standard error. */
export type Output = {
  /** The result is wanted as JSON. */
  readonly json: boolean;
  /** The result is read by a person: standard output is a terminal, and JSON was not asked for. */
  readonly terminal: boolean;
  readonly paint: Paint;
  now: () => Date;
  /** Text as it stands, with a line end; waits for a slow reader. */
  line: (text: string) => Promise<void>;
  /** The whole result: one JSON document, or what `human` says. */
  result: (value: unknown, human: () => string) => Promise<void>;
  /** One item of a stream: a line of NDJSON, or what `human` says. */
  item: (value: unknown, human: () => string) => Promise<void>;
  /** A list: one JSON array; a table on a terminal, or `empty` on standard error; otherwise a line a row with tabs between. */
  list: <Row>(
    rows: AsyncIterable<Row> | Iterable<Row>,
    columns: readonly Column<Row>[],
    empty: string,
  ) => Promise<void>;
  /** A message about the work, on standard error. */
  note: (text: string) => void;
  /** A bar on standard error while work goes on; nothing where that is no terminal. `total` null: not known. */
  progress: (label: string, total: number | null) => Promise<Progress>;
};

type Streams = { stdout: Stream; stderr: Stream; env: Environment; now: () => Date };

export function createOutput({ stdout, stderr, env, now }: Streams, options: () => GlobalOptions): Output {
  const colours = (stream: Stream) =>
    options().color !== false &&
    !env.NO_COLOR &&
    env.TERM !== 'dumb' &&
    (stream.isTTY === true || Boolean(env.FORCE_COLOR));
  const write = async (text: string) => {
    await new Promise<void>((resolve, reject) =>
      stdout.write(text, (error) => (error ? reject(error) : resolve())),
    );
  };
  const line = (text: string) => write(`${text}\n`);
  const out: Output = {
    get json() {
      return options().json === true;
    },
    get terminal() {
      return stdout.isTTY === true && !out.json;
    },
    paint: (style, text) => (colours(stdout) ? styleText(style, text, { validateStream: false }) : text),
    now,
    line,
    result: (value, human) => line(out.json ? JSON.stringify(value, null, 2) : human()),
    item: (value, human) => line(out.json ? JSON.stringify(value) : human()),
    list: (rows, columns, empty) => writeRows({ out, write }, rows, columns, empty),
    note: (text) => {
      stderr.write(`${text}\n`);
    },
    progress: (label, total) => barOn(stderr, label, total),
  };
  return out;
}
