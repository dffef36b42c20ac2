/** Where a text stops being JSON, in UTF-16 units from its start, and what should have stood there. */
export type JsonFault = { position: number; reason: string };

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'more';

const BLANKS = /[ \t\n\r]*/y;
const PLAIN_TEXT = /[^"\\\p{Cc}]*/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The first place where `text` is not JSON, or null when it is. `JSON.parse` does not always tell the place, and repeats
 * parts of the text, which may be secret. Nesting costs no stack.
 */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const close = () => {
    open.pop();
    at += 1;
    expected = 'more';
  };
  for (;;) {
    at = after(BLANKS, text, at) ?? at;
    const here = text[at];
    const inside = open.at(-1);
    if (expected === 'more') {
      if (inside === undefined) return here === undefined ? null : fault(at, 'Extra data');
      if (here === (inside === '{' ? '}' : ']')) close();
      else if (here === ',') {
        expected = inside === '{' ? 'key' : 'value';
        at += 1;
      } else return fault(at, "Expecting ',' delimiter");
    } else if (expected === 'colon') {
      if (here !== ':') return fault(at, "Expecting ':' delimiter");
      expected = 'value';
      at += 1;
    } else if (expected === 'key' || expected === 'key or }') {
      if (here === '}' && expected === 'key or }') close();
      else if (here !== '"') return fault(at, 'Expecting property name enclosed in double quotes');
      else {
        const end = afterString(text, at);
        if (typeof end !== 'number') return end;
        at = end;
        expected = 'colon';
      }
    } else if (here === '{' || here === '[') {
      open.push(here);
      expected = here === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else if (here === ']' && expected === 'value or ]') {
      close();
    } else {
      const end = here === '"' ? afterString(text, at) : after(NUMBER_OR_WORD, text, at);
      if (end === null) return fault(at, 'Expecting value');
      if (typeof end !== 'number') return end;
      at = end;
      expected = 'more';
    }
  }
}

function afterString(text: string, start: number): number | JsonFault {
  let at = start + 1;
  for (;;) {
    at = after(PLAIN_TEXT, text, at) ?? at;
    const here = text[at];
    if (here === '"') return at + 1;
    if (here === undefined) return fault(start, 'Unterminated string starting here');
    if (here === '\\') {
      const end = after(ESCAPE, text, at);
      if (end === null) return fault(at, 'Invalid \\escape');
      at = end;
    } else if (here >= '\u007f') at += 1;
    else return fault(at, 'Invalid control character');
  }
}

function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function fault(position: number, reason: string): JsonFault {
  return { position, reason };
}
