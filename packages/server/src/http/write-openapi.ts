import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { openApiText } from './openapi-text.ts';

// Writes docs/openapi.json for the version of the package.

const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
const docs = new URL('../../../../docs/', import.meta.url);
await mkdir(docs, { recursive: true });
await writeFile(new URL('openapi.json', docs), openApiText(manifest.version));
