import { writeFile } from 'node:fs/promises';
import { referenceText } from './reference.ts';

await writeFile(new URL('../../../docs/cli.md', import.meta.url), await referenceText());
