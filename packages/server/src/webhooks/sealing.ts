import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** 32 bytes. */
export type SealingKey = Buffer;

/** No key that we have opens this, or it was changed. The message names the key, never the content. */
export class SealingFailure extends Error {
  override readonly name = 'SealingFailure';
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** Seals and opens short texts. `purpose` is where the text belongs, such as a row's id: elsewhere it does not open. */
export type Sealing = {
  seal: (text: string, purpose: string) => string;
  /** Whether it is sealed under the key that seals now. */
  isCurrent: (sealed: string) => boolean;
  /** @throws SealingFailure */
  open: (sealed: string, purpose: string) => string;
};

/**
 * AES-256-GCM under the first key; any of the keys opens what it sealed, so that a new key is put in front and the old one
 * stays until nothing is sealed under it. A sealed text is `v1.<key id>.<base64url of iv, ciphertext and tag>`.
 */
export function createSealing(keys: readonly [SealingKey, ...SealingKey[]]): Sealing {
  const byId = new Map(keys.map((key) => [sealingKeyId(key), key]));
  return {
    seal(text, purpose) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, keys[0], iv, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(purpose),
      );
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${sealingKeyId(keys[0])}.${sealed.toString('base64url')}`;
    },

    isCurrent: (sealed) => sealed.split('.')[1] === sealingKeyId(keys[0]),

    open(sealed, purpose) {
      const [version, keyId = '', content = ''] = sealed.split('.');
      if (version !== VERSION) throw new SealingFailure('it is not in the form this version seals in');
      const key = byId.get(keyId);
      if (!key) throw new SealingFailure(`it is sealed under the key ${keyId}, which is not configured`);
      const bytes = Buffer.from(content, 'base64url');
      const body = bytes.subarray(IV_BYTES, -TAG_BYTES);
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new SealingFailure(`it was changed after it was sealed under the key ${keyId}`, {
          cause: error,
        });
      }
    },
  };
}

/** Names a key without giving it away: the beginning of its hash. */
export function sealingKeyId(key: SealingKey): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
