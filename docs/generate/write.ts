import { writeFileSync } from 'node:fs';
import { CATALOGUES } from './catalogues.ts';

// Writes the pages that are generated from code.

for (const [path, text] of CATALOGUES) {
  writeFileSync(new URL(`../../${path}`, import.meta.url), text());
  console.log(`wrote ${path}`);
}
