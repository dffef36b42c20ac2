import { mkdir, writeFile } from 'node:fs/promises';
import { GENERATED, generatedFiles } from './generated-files.ts';

// Writes src/generated/ anew after a change of the contract.

await mkdir(GENERATED, { recursive: true });
for (const [name, text] of Object.entries(await generatedFiles()))
  await writeFile(new URL(name, GENERATED), text);
