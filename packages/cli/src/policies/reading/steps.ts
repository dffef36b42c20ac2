import { inside } from '@awe/engine/fault';

/** The way to a value inside a document: names and positions. */
export type Steps = readonly (string | number)[];

/** A step of the engine's way to write a path: `[3]`, `["odd name"]`, `.name` or the first name. */
const STEP = /\[(?<index>\d+)\]|\[(?<quoted>"(?:[^"\\]|\\.)*")\]|\.?(?<name>[A-Za-z_]\w*)/y;

/** `stages[0].mode`, as the engine writes it. */
export function pathOf(steps: Steps): string {
  const path = steps.reduce<string>((whole, step) => inside(whole, step), '');
  return path.startsWith('.') ? path.slice(1) : path;
}

/** The steps of a path that the engine wrote; those before what it cannot be read. */
export function stepsOf(path: string): Steps {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  for (let step = STEP.exec(path); step !== null; step = STEP.exec(path)) {
    const { index, quoted, name } = step.groups ?? {};
    if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted === undefined ? (name ?? '') : String(JSON.parse(quoted)));
  }
  return steps;
}
