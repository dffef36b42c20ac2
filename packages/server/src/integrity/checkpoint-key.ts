import type { JsonObject } from '@awe/engine/policy';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { addCheckpointKey, findCheckpointKey } from '../ledger/checkpoint-keys.ts';
import type { Tables } from '../ledger/tables.ts';
import { StartFailure } from '../start-failure.ts';
import { type Sealing, SealingFailure } from '../webhooks/sealing.ts';
import { CHECKPOINT_ALGORITHM, type CheckpointSigner } from './checkpoint.ts';

export type CheckpointKeyOptions = { db: Kysely<Tables>; sealing: Sealing; clock: Clock };

/**
 * The key that signs checkpoints, made at the first start of a deployment.
 * @throws StartFailure when the stored one cannot be read with the configured keys
 */
export async function openCheckpointKey({
  db,
  sealing,
  clock,
}: CheckpointKeyOptions): Promise<CheckpointSigner> {
  if ((await findCheckpointKey(db)) === null) await makeKey({ db, sealing, clock });
  const stored = await findCheckpointKey(db);
  if (stored === null)
    throw new StartFailure('The key of checkpoints was retired while starting: start again');
  try {
    const jwk = JSON.parse(sealing.open(stored.sealed, stored.id));
    return { id: stored.id, privateKey: await importJWK(jwk, CHECKPOINT_ALGORITHM) };
  } catch (error) {
    if (!(error instanceof SealingFailure)) throw error;
    throw new StartFailure(
      `The key that signs checkpoints cannot be read: ${error.message}. Add the key it was stored under to ` +
        'secrets.encryption_keys (AWE__SECRETS__ENCRYPTION_KEYS; in development it is in .awe/encryption.key of the ' +
        'directory the server first ran in). If that is lost, retire it, and another is made at the next start: ' +
        'update checkpoint_key set retired_at = now() where retired_at is null',
      { cause: error },
    );
  }
}

async function makeKey({ db, sealing, clock }: CheckpointKeyOptions): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair(CHECKPOINT_ALGORITHM, { extractable: true });
  const shown = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(shown);
  const sealed = sealing.seal(JSON.stringify(await exportJWK(privateKey)), id);
  const public_jwk = { ...shown, kid: id, alg: CHECKPOINT_ALGORITHM, use: 'sig' } as JWK & JsonObject;
  await addCheckpointKey(db, { id, public_jwk, sealed }, clock.now());
}
