/** Words, and how tightly they hold together: the weaker ones need brackets inside the stronger. */
export type Phrase = { text: string; binds: number };

export const CHOICE = 0;
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const COMPARISON = 4;
export const SUM = 5;
export const PRODUCT = 6;
const ATOM = 7;

/** `phrase` as a part of something that binds as tightly as `outer`. */
export function within(phrase: Phrase, outer: number): string {
  return phrase.binds > outer ? phrase.text : `(${phrase.text})`;
}

/** What never needs brackets. */
export function atom(text: string): Phrase {
  return { text, binds: ATOM };
}
