const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/**
 * The bytes that `text` stands for in standard Base64, or null when it is not Base64.
 *
 * It accepts exactly what the `standardwebhooks` library for JavaScript accepts, so that both sides of a webhook read
 * one secret as the same key: padding may be missing, at least four characters unless empty, at most two `=`, and a
 * single character left over after the last group of four is not looked at.
 */
export function decodeBase64(text: string): Uint8Array | null {
  if (text === '') return new Uint8Array(0);
  const padding = text.length - text.replace(/=+$/, '').length;
  if (text.length < 4 || padding > 2) return null;
  const letters = text.length - padding;
  const read = letters % 4 === 1 ? letters - 1 : letters;
  const bytes = new Uint8Array(Math.floor((letters * 3) / 4));
  let bits = 0;
  let held = 0;
  let written = 0;
  for (let at = 0; at < read; at++) {
    const sextet = SEXTETS.get(text.charAt(at));
    if (sextet === undefined) return null;
    bits = ((bits << 6) | sextet) & 0x3fff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[written++] = (bits >> held) & 0xff;
    }
  }
  return bytes;
}
