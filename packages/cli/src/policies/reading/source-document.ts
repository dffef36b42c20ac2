import type { JsonValue } from '@awe/engine/policy';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { FileFault } from '../fault.ts';
import { pathOf, type Steps } from './steps.ts';
import { MAX_ALIASES, unplainParts } from './unplain-parts.ts';

/** One document of a file, as plain JSON values, which knows where each of them stands. */
export type SourceDocument = {
  file: string;
  value: JsonValue;
  /** A fault at the place that `steps` lead to, or at the nearest one around it. */
  faultAt: (steps: Steps, message: string) => FileFault;
};

/** A document that is broken is broken in its first few places; what follows them is noise. */
const MAX_SYNTAX_FAULTS = 5;

/**
 * The documents of a text in YAML, of which JSON is a part; those without content are passed over. A text that is not
 * YAML, or says what JSON cannot, comes back as faults.
 */
export function readDocuments(
  file: string,
  text: string,
): { documents: SourceDocument[]; faults: FileFault[] } {
  const lines = new LineCounter();
  const faultOver = (offset: number, message: string): FileFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path: '', message };
  };
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // Its own search for keys that are there twice takes the square of their number.
    uniqueKeys: false,
  });
  const documents: SourceDocument[] = [];
  const faults: FileFault[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const wrong = [
      ...[...document.errors, ...document.warnings]
        .slice(0, MAX_SYNTAX_FAULTS)
        .map(({ code, message, pos }) => ({
          offset: pos[0],
          message: code === 'RESOURCE_EXHAUSTION' ? 'is nested too deeply' : `is not YAML: ${message}`,
        })),
      ...(document.errors.length > 0 ? [] : unplainParts(document)),
    ];
    faults.push(...wrong.map(({ offset, message }) => faultOver(offset, message)));
    if (wrong.length > 0 || document.contents === null) continue;
    try {
      const value: JsonValue = document.toJS({ maxAliasCount: MAX_ALIASES });
      const faultAt: SourceDocument['faultAt'] = (steps, message) => ({
        ...faultOver(offsetOf(document, steps), message),
        path: pathOf(steps),
      });
      if (value !== null) documents.push({ file, value, faultAt });
    } catch {
      faults.push(
        faultOver(document.range[0], `repeats itself through aliases more than ${MAX_ALIASES} times`),
      );
    }
  }
  return { documents, faults };
}

/** Of the key that the steps end at, or of the item of a list; aliases are followed. */
function offsetOf(document: Document, steps: Steps): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document);
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      offset = startOf(pair?.key) ?? offset;
      next = pair?.value;
    } else if (isSeq(node) && typeof step === 'number') {
      next = node.items[step];
      offset = startOf(next) ?? offset;
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) ? Number(range[0]) : null;
}
