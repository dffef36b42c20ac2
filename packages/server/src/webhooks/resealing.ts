import type { Kysely } from 'kysely';
import { allSecrets, reseal } from '../ledger/secrets.ts';
import type { Tables } from '../ledger/tables.ts';
import { type Sealing, SealingFailure } from './sealing.ts';

/**
 * Seals every callback secret under the key that is first now, so that the keys behind it can be taken away. What no
 * configured key opens stays as it is. Returns how many were sealed anew, and the names of those that could not be opened.
 */
export async function resealSecrets(
  db: Kysely<Tables>,
  sealing: Sealing,
): Promise<{ resealed: number; unreadable: string[] }> {
  let resealed = 0;
  const unreadable: string[] = [];
  for (const { id, name, sealed, previous_sealed } of await allSecrets(db)) {
    const anew = (text: string) =>
      sealing.isCurrent(text) ? text : sealing.seal(sealing.open(text, id), id);
    try {
      const change = {
        sealed: anew(sealed),
        previous_sealed: previous_sealed === null ? null : anew(previous_sealed),
      };
      if (change.sealed === sealed && change.previous_sealed === previous_sealed) continue;
      if (await reseal(db, { id, sealed, change })) resealed += 1;
    } catch (error) {
      if (!(error instanceof SealingFailure)) throw error;
      unreadable.push(name);
    }
  }
  return { resealed, unreadable };
}
