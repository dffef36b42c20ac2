import { webCrypto } from '../web-crypto.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The two ways in which the service signs: what is signed, with which key, and how the signature is written. */
export type Scheme = {
  keyOf: (secret: string) => Bytes;
  /** What stands before the body in what is signed. */
  prefix: (timestamp: string, eventId: string) => string;
  write: (signature: Bytes) => string;
  /** Null for what `write` never writes: of many texts for the same bytes one is taken. */
  read: (text: string) => Bytes | null;
};

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** `X-Approval-Signature`: the key is the secret as it was given, `whsec_` included. */
export const APPROVAL: Scheme = {
  keyOf: utf8,
  prefix: (timestamp) => `${timestamp}.`,
  write: (signature) =>
    `sha256=${Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')}`,
  read: (text) => {
    const hex = /^sha256=([0-9a-f]{64})$/.exec(text)?.[1];
    return hex === undefined
      ? null
      : Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
  },
};

/** Standard Webhooks: the key is the Base64 after `whsec_`; of a secret that is none, its UTF-8 bytes. */
export const STANDARD: Scheme = {
  keyOf: (secret) => {
    const key = decodeBase64(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret);
    return key === null || key.length === 0 ? utf8(secret) : key;
  },
  prefix: (timestamp, eventId) => `${eventId}.${timestamp}.`,
  write: (signature) => `v1,${encodeBase64(signature)}`,
  read: (text) => {
    const bytes = text.startsWith('v1,') ? decodeBase64(text.slice('v1,'.length)) : null;
    return bytes !== null && STANDARD.write(bytes) === text ? bytes : null;
  },
};

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** Whether `signature` is that of `signed` under `secret`. The comparison takes the same time wherever the two differ. */
export async function fits(
  scheme: Scheme,
  secret: string,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean> {
  const { subtle } = await webCrypto();
  const key = await subtle.importKey('raw', scheme.keyOf(secret), HMAC, false, ['verify']);
  return subtle.verify('HMAC', key, signature, signed);
}

/** The signature of `signed` under `secret`, as its header carries it. */
export async function signatureOf(scheme: Scheme, secret: string, signed: Bytes): Promise<string> {
  const { subtle } = await webCrypto();
  const key = await subtle.importKey('raw', scheme.keyOf(secret), HMAC, false, ['sign']);
  return scheme.write(new Uint8Array(await subtle.sign('HMAC', key, signed)));
}

/** What is signed: the bytes of `prefix`, and those of the body as it came. */
export function signedBytes(prefix: string, body: Uint8Array): Bytes {
  const before = utf8(prefix);
  const bytes = new Uint8Array(before.length + body.length);
  bytes.set(before);
  bytes.set(body, before.length);
  return bytes;
}
