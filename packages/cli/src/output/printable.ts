/** Control characters of C0 and C1, and those that turn the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What others wrote, on one line and unable to move the cursor, colour the terminal or hide what stands before it. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) =>
    /\s/.test(char) ? ' ' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
