import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { billOfMaterials } from './checks/bill-of-materials.ts';

/** `node deploy/sbom.ts [file]`: what the service is made of, as CycloneDX in JSON, to the file or standard output. */
const [file] = process.argv.slice(2);
const text = `${JSON.stringify(await billOfMaterials(), null, 2)}\n`;
if (file === undefined) process.stdout.write(text);
else await writeFile(file, text);
