import { createHash, hash } from 'node:crypto';
import type { Instant } from '@awe/engine/instant';
import { CompactSign, type CryptoKey, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import type { Entry } from './export-line.ts';
import type { Link } from './link.ts';

/** What a checkpoint says, in the order in which it is written. */
export type Statement = {
  number: number;
  created_at: Instant;
  /** SHA-256 of the JWS of the checkpoint before; null: it is the first. */
  previous: Link | null;
  audit: { sequence: number; hash: Link };
  requests: { count: number; root: Link };
  /** Whether more requests had changed than it takes. */
  more: boolean;
};

export const CHECKPOINT_TYPE = 'awe-checkpoint';
export const CHECKPOINT_ALGORITHM = 'EdDSA';

export type CheckpointSigner = { id: string; privateKey: CryptoKey | Uint8Array };

/** The statement as a compact JWS. */
export function signCheckpoint(statement: Statement, { id, privateKey }: CheckpointSigner): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
    .setProtectedHeader({ alg: CHECKPOINT_ALGORITHM, typ: CHECKPOINT_TYPE, kid: id })
    .sign(privateKey);
}

/** What names a checkpoint in the next one. */
export function checkpointHash(jws: string): Link {
  return hash('sha256', jws, 'hex');
}

/** What it says, whoever signed it. Throws on what is no checkpoint. */
export function readCheckpoint(jws: string): Statement {
  const said = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const texts = [said?.created_at, said?.audit?.hash, said?.requests?.root];
  const numbers = [said?.number, said?.audit?.sequence, said?.requests?.count];
  if (!texts.every((each) => typeof each === 'string') || !numbers.every((each) => Number.isInteger(each))) {
    throw new Error('it is no checkpoint');
  }
  return said;
}

/** The id of the key that it says it was signed with. Throws on what is no JWS. */
export function checkpointKeyId(jws: string): string {
  return String(decodeProtectedHeader(jws).kid);
}

/** What it says, signed with this key. Throws when it is not. */
export async function verifyCheckpoint(jws: string, jwk: JWK): Promise<Statement> {
  await compactVerify(jws, await importJWK(jwk, CHECKPOINT_ALGORITHM), {
    algorithms: [CHECKPOINT_ALGORITHM],
  });
  return readCheckpoint(jws);
}

/** The root over entries: SHA-256 of a line `<request id> <sequence> <hash>` for each, in order of their ids. */
export type Root = { add: (entry: Entry) => void; count: () => number; value: () => Link };

export function createRoot(): Root {
  const lines = createHash('sha256');
  let count = 0;
  return {
    add: ({ request_id, sequence, hash: head }) => {
      lines.update(`${request_id} ${sequence} ${head}\n`);
      count += 1;
    },
    count: () => count,
    value: () => lines.digest('hex'),
  };
}
