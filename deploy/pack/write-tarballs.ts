import { basename, join, relative } from 'node:path';
import process from 'node:process';
import { packAll } from './pack.ts';

/** `npm run pack [folder]`: the tarballs that others install, in `build/` unless another folder is named. */
const into = join(process.cwd(), process.argv[2] ?? 'build');
const files = await packAll(into);
process.stdout.write(`${files.map((file) => relative(process.cwd(), file)).join('\n')}\n`);
process.stdout.write(`\nnpm install ${files.map((file) => `./${basename(file)}`).join(' ')}\n`);
