/** Something that makes a document unusable: where it is (`stages[1].rules[0].rule_value.url`), what to do about it. */
export type Fault = { path: string; message: string };

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const QUOTE_LENGTH = 60;

/** The author's own text in quotes, cut to 60 characters so that a fault is never larger than what it is about. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH ? `${text.slice(0, QUOTE_LENGTH)}…` : text);
}

/** `path` one step further in: `.name`, `["odd name"]` or `[3]`. */
export function inside(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  return PLAIN_NAME.test(step) && step.length <= QUOTE_LENGTH ? `${path}.${step}` : `${path}[${quote(step)}]`;
}
