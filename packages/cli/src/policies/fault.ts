/** Where something stands; lines and columns count from 1. */
export type Place = { file: string; line: number; column: number };

/** What is wrong in a file. `path` leads to it inside its document (`stages[1].rules`); empty for the document as a whole. */
export type FileFault = Place & { path: string; message: string };

/** `policies/a.yaml:7:5: stages[0].mode: "any" is none of …`, which terminals and editors make a link. */
export function faultLine({ file, line, column, path, message }: FileFault): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** By file in the order given, then from top to bottom. */
export function inOrder<Fault extends FileFault>(faults: readonly Fault[]): Fault[] {
  const files = [...new Set(faults.map(({ file }) => file))];
  return faults.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
