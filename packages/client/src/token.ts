/** Why a token is asked for. */
export type TokenAsk = {
  /** The token given before was refused (401): a cached one is of no use. */
  refresh: boolean;
  /** Ends with the call that needs it. */
  signal?: AbortSignal | undefined;
};

/** A bearer token, or where to get one. A function is asked for every attempt, so it should cache what is still good. */
export type TokenSource = string | ((ask: TokenAsk) => string | Promise<string>);

/** The token for one attempt; null when the client has none. What a provider throws is thrown on. */
export async function tokenFrom(source: TokenSource | undefined, ask: TokenAsk): Promise<string | null> {
  if (source === undefined) return null;
  return typeof source === 'string' ? source : await source(ask);
}

/** Whether asking once more may give another token. */
export function isRenewable(source: TokenSource | undefined): boolean {
  return typeof source === 'function';
}
