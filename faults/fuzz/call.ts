import type { OperationName } from '@awe/contract/operations';
import type { Who } from './who.ts';

/** Whether the contract takes a part of a call: the verdict knows, or leaves it to the service. */
export type Shape = 'right' | 'wrong' | 'unknown';

/** A piece of a call, and what the contract makes of it. */
export type Part<Value> = { value: Value; shape: Shape };

/**
 * What a call carries. `json` is a template: `{{task.id}}` in it stands for what earlier answers told. `filler` is that
 * many blanks around `{}`, so that a call that is too large still prints in a line.
 */
export type Body =
  | { kind: 'none' }
  | { kind: 'json'; text: string }
  | { kind: 'bytes'; base64: string }
  | { kind: 'filler'; bytes: number };

/** One call before it is sent: a template that is filled with ids from earlier answers. */
export type Call = {
  /** Whom it is meant for; `path` and `method` may lead elsewhere. */
  operation: OperationName;
  method: string;
  /** Path and query, percent-encoded, with `{{…}}` where something known is to stand. */
  path: string;
  headers: readonly (readonly [string, string])[];
  body: Body;
  who: Who;
  /** Of path parameters, query and headers together. */
  shape: Shape;
  /** Whether its media type is one that the contract takes. */
  type: Shape;
  /** Where the path's id comes from: from earlier answers, from the air, or nobody knows. */
  id: 'kept' | 'made up' | 'unknown';
  /** Which of the things known: 0 is the latest; only things in this state while there are some. */
  pick: number;
  wanted: string | null;
};

/** Bytes for a socket, and how long the client waits for more before it hangs up; milliseconds. */
export type RawCall = { bytes: string; patienceMs: number };

/** Wrong when any is, right when all are. */
export function shapeOfAll(shapes: readonly Shape[]): Shape {
  if (shapes.includes('wrong')) return 'wrong';
  return shapes.includes('unknown') ? 'unknown' : 'right';
}
