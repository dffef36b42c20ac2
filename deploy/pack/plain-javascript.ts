import { stripTypeScriptTypes } from 'node:module';

/** A path of ours in an import, an export, `import()` or `new URL()`. */
const OWN_PATH = /(?<=(?:\bfrom|\bimport)\s*\(?\s*|\bnew URL\(\s*)'(\.{1,2}\/[^']+)\.ts'/g;

/**
 * The program that Node runs of a TypeScript file, as JavaScript: Node takes no types below `node_modules`. Types become
 * blanks, so that lines and columns in a stack are those of the source.
 * @throws Error for syntax that cannot be erased, and for a path that would still end in `.ts`
 */
export function plainJavaScript(source: string, path: string): string {
  // The condition is for sources in the repository alone; an installed package is plain JavaScript.
  const program = stripTypeScriptTypes(source.replace(/^(#!.*) --conditions=\S+/, '$1'))
    .replaceAll(OWN_PATH, "'$1.js'")
    .replaceAll(/[ \t]+$/gm, '');
  const left = program.match(/'\.{1,2}\/[^']*\.ts'/);
  if (left) throw new Error(`${path}: ${left[0]} would still be a TypeScript file in the package`);
  return program;
}
