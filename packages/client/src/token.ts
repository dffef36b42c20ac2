/** Why a token is asked for. */
export type TokenAsk = {
  /** The token given before was refused (401): a cached one is of no use. */
  refresh: boolean;
  /** Ends with the attempt that needs it: when its caller gives up, or its time is over. */
  signal: AbortSignal;
};

/** A bearer token, or where to get one. A function is asked for every attempt, so it should cache what is still good. */
export type TokenSource = string | ((ask: TokenAsk) => string | Promise<string>);

/**
 * The token for one attempt; null when the client has none. What a provider throws is thrown on.
 * @throws TypeError for what cannot be a token; it does not say what it was
 */
export async function tokenFrom(source: TokenSource | undefined, ask: TokenAsk): Promise<string | null> {
  if (source === undefined) return null;
  const given: unknown = typeof source === 'string' ? source : await source(ask);
  // A file that it was read from ends with a line break.
  const token = typeof given === 'string' ? given.trim() : null;
  if (token === null || /[^\x21-\x7e]/.test(token)) {
    throw new TypeError(
      `The token must be what stands after "Bearer ": text without blanks and line breaks, and it is ${token === null ? typeof given : 'other text'}`,
    );
  }
  return token;
}

/** Whether asking once more may give another token. */
export function isRenewable(source: TokenSource | undefined): boolean {
  return typeof source === 'function';
}
