import { open, readFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { JWK } from 'jose';
import { said } from './fault.ts';
import { type Verdict, verifyExport } from './verify-export.ts';

const HELP = `Verifies an export of the approval log. Needs neither the service nor a network.

  node packages/server/src/integrity/verify.ts <export.ndjson> [<archive.ndjson> …]
       [--checkpoints <file>] [--key <jwk.json>]

  export.ndjson   what GET /v1/awe/admin/export answers
  archive.ndjson  archives of requests that were taken out of the database, after the export
  --checkpoints   checkpoints that you kept: answers of GET /v1/awe/admin/checkpoint or bare JWS, one a line, or
                  a JSON array of them. Only they show that the newest rows were deleted
  --key           the public key to trust, as a JWK, a JWK set or an array: the member key of such an answer. Without
                  it, signatures are checked with the keys in the export itself

Exit code: 0 nothing is wrong, 1 something is and each place is named, 2 the call or a file cannot be used.
`;

/** How many faults are told one by one. */
const MOST_FAULTS = 200;

class Unusable extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (positionals.length === 0) throw new Unusable(`no export is named\n\n${HELP}`);
  const checkpoints = values.checkpoints === undefined ? [] : await readCheckpoints(values.checkpoints);
  const keys = values.key === undefined ? [] : await readKeys(values.key);
  const verdict = await verifyExport(linesOf(positionals), { checkpoints, keys });
  process.stdout.write(tell(verdict));
  return verdict.faults.length === 0 ? 0 : 1;
}

function readCommandLine() {
  const options = {
    checkpoints: { type: 'string' },
    key: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Unusable(`${said(error)}\n\n${HELP}`);
  }
}

async function* linesOf(files: readonly string[]): AsyncGenerator<unknown> {
  for (const file of files) {
    const handle = await open(file).catch((error: unknown) => {
      throw new Unusable(`${file} cannot be read: ${said(error)}`);
    });
    if (!(await handle.stat()).isFile()) throw new Unusable(`${file} is not a file`);
    let number = 0;
    for await (const line of handle.readLines()) {
      number += 1;
      yield parse(line, `${file}, line ${number}`);
    }
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${place}: is not JSON (${said(error)})`);
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Unusable(`${file} cannot be read: ${said(error)}`);
  });
}

async function readCheckpoints(file: string): Promise<string[]> {
  const text = (await read(file)).trim();
  const given = text.startsWith('[')
    ? (parse(text, file) as unknown[])
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, index) => (/^[{"]/.test(line) ? parse(line, `${file}, line ${index + 1}`) : line.trim()));
  return given.map((each) => {
    const jws = typeof each === 'string' ? each : (each as { jws?: unknown } | null)?.jws;
    if (typeof jws !== 'string') throw new Unusable(`${file} holds something that is no checkpoint`);
    return jws;
  });
}

async function readKeys(file: string): Promise<JWK[]> {
  const given = parse(await read(file), file) as { keys?: JWK[] } | JWK | JWK[];
  const keys = Array.isArray(given) ? given : 'keys' in given ? (given.keys as JWK[]) : [given as JWK];
  if (keys.length === 0 || keys.some((key) => typeof key?.kty !== 'string')) {
    throw new Unusable(`${file} holds something that is no JWK`);
  }
  return keys;
}

function tell({ faults, notes, counts }: Verdict): string {
  const { requests, audit_rows, checkpoints } = counts;
  const found =
    faults.length === 0 ? 'Nothing is wrong.' : `${faults.length} faults: the log is not as it was written.`;
  return [
    ...faults.slice(0, MOST_FAULTS).map(({ place, message }) => `${place}: ${message}`),
    ...(faults.length > MOST_FAULTS ? [`… and ${faults.length - MOST_FAULTS} more`] : []),
    ...notes.map((note) => `Note: ${note}`),
    `${requests} requests, ${audit_rows} audit rows, ${checkpoints} checkpoints. ${found}`,
    '',
  ].join('\n');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Unusable ? error.message : (error as Error).stack}\n`);
    process.exitCode = 2;
  },
);
