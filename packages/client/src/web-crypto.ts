type WebCrypto = typeof globalThis.crypto;

/** Not written into the import, so that bundlers for browsers do not look for it. */
const NODE_CRYPTO = 'node:crypto';

let found: Promise<WebCrypto> | undefined;

/** The platform's cryptography. Node 18 has it, but not as a global. */
export function webCrypto(): Promise<WebCrypto> {
  found ??= globalThis.crypto
    ? Promise.resolve(globalThis.crypto)
    : import(/* webpackIgnore: true */ /* @vite-ignore */ NODE_CRYPTO).then(({ webcrypto }) => webcrypto);
  return found;
}
