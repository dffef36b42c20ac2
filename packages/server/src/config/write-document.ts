import { readFileSync, writeFileSync } from 'node:fs';
import { configurationDocument } from './document.ts';

// Writes docs/configuration.md from the settings' schema and the example file.

const root = new URL('../../../../', import.meta.url);
const file = new URL('docs/configuration.md', root);
writeFileSync(file, configurationDocument(readFileSync(new URL('deploy/awe.example.yaml', root), 'utf8')));
console.log(`wrote ${file.pathname}`);
