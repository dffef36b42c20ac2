import process from 'node:process';
import { parseArgs } from 'node:util';
import { said } from './fault.ts';
import { verifyExport } from './verify-export.ts';
import { linesOf, readCheckpoints, readKeys, tellVerdict, Unusable } from './verify-files.ts';

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
  process.stdout.write(tellVerdict(verdict));
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

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Unusable ? error.message : (error as Error).stack}\n`);
    process.exitCode = 2;
  },
);
