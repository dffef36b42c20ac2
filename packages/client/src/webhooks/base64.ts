/**
 * The bytes that `text` stands for in standard Base64, or null when it is not Base64. It reads what the `standardwebhooks`
 * library reads: padding may be missing, at least four characters, at most two `=`, and a single character left over
 * after the last group of four is not looked at. So both sides make the same key of a secret.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/=+$/, '');
  if (text.length < 4 || text.length - letters.length > 2) return null;
  const read = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  if (!/^[A-Za-z0-9+/]*$/.test(read)) return null;
  return Uint8Array.from(atob(read), (letter) => letter.charCodeAt(0));
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
