import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { callsText } from './calls-text.ts';
import { operationsText } from './operations-text.ts';
import { wireDocument } from './wire-document.ts';

/** Where the generated files are. */
export const GENERATED = new URL('../src/generated/', import.meta.url);

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);
const BIOME = fileURLToPath(new URL('../../../node_modules/.bin/biome', import.meta.url));

const NOTICE =
  '// Written by `npm run generate -w @awe/client` from the contract; a test fails when it is not up to date.\n\n';

/** Every generated file by its name, as it should stand in the repository. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const document = wireDocument(JSON.parse(await readFile(DOCUMENT, 'utf8')));
  return {
    'openapi.ts': formatted('openapi.ts', astToString(await openapiTypescript(document, WIRE))),
    'operations.ts': formatted('operations.ts', operationsText()),
    'calls.ts': formatted('calls.ts', callsText()),
  };
}

/** A default of the service does not make a field that a caller may leave out one that must be sent. */
const WIRE = { defaultNonNullable: false } as const;

function formatted(name: string, text: string): string {
  const options = ['format', `--stdin-file-path=packages/client/src/generated/${name}`];
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  return execFileSync(BIOME, options, { cwd, input: NOTICE + text, encoding: 'utf8' });
}
