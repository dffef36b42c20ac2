import { randomBytes } from 'node:crypto';
import { SECRET_PREFIX } from '@awe/contract/signature';
import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import {
  addDefaultSecret,
  findDefaultSecret,
  findSecret,
  type StoredSecret,
  secretIsUsable,
} from '../ledger/secrets.ts';
import { StartFailure } from '../start-failure.ts';
import { type Sealing, SealingFailure } from './sealing.ts';

/** What signs one message: the secret in force first, then the one that a rotation is about to bring. */
export type SecretsInForce = readonly [current: string, ...others: string[]];

export type SigningSecrets = {
  /**
   * The secrets that sign for a request; null: the deployment's default. A change made by another replica is seen
   * within {@link FRESH_MS}.
   * @throws SealingFailure when the secret cannot be read with the configured keys; errors of the database
   */
  secretsFor: (callbackSecretId: string | null, now: Instant) => Promise<SecretsInForce>;
  /** Whether a new request may name this secret. Any text may be asked about. */
  callbackSecretExists: (id: string) => Promise<boolean>;
  /** Forgets what is remembered of a secret, after it was changed here; null: the default. */
  forget: (callbackSecretId: string | null) => void;
};

export type SigningSecretsOptions = {
  pool: Pool;
  sealing: Sealing;
  clock: Clock;
  /** `secrets.default_callback_secret`: signs in place of a stored default. */
  configuredDefault: string | null;
};

/** How long a secret is remembered; milliseconds of the clock. */
export const FRESH_MS = 3_000;

type Opened = { current: string; previous: string | null; effective_at: Instant };
type Remembered = { at: number; opened: Promise<Opened> };

/**
 * The secrets that callbacks are signed with. Makes the deployment's default secret at the first start.
 * @throws StartFailure when the stored default secret cannot be read with the configured keys
 */
export async function openSigningSecrets(options: SigningSecretsOptions): Promise<SigningSecrets> {
  const { pool, configuredDefault } = options;
  const remembered = new Map<string | null, Remembered>();
  if (configuredDefault === null) await ensureDefault(options);

  function remember(id: string | null, now: Instant): Promise<Opened> {
    const at = Date.parse(now);
    const known = remembered.get(id);
    // A clock that was set back must not keep an old secret alive.
    if (known && at >= known.at && at - known.at < FRESH_MS) return known.opened;
    const entry: Remembered = { at, opened: read(options, id) };
    for (const [other, { at: then }] of remembered) if (at - then >= FRESH_MS) remembered.delete(other);
    remembered.set(id, entry);
    entry.opened.catch(() => {
      if (remembered.get(id) === entry) remembered.delete(id);
    });
    return entry.opened;
  }

  return {
    async secretsFor(id, now) {
      if (id === null && configuredDefault !== null) return [configuredDefault];
      const { current, previous, effective_at } = await remember(id, now);
      return previous !== null && now < effective_at ? [previous, current] : [current];
    },
    callbackSecretExists: (id) => secretIsUsable(pool, id),
    forget: (id) => {
      remembered.delete(id);
    },
  };
}

/** `whsec_` and 32 random bytes in base64. */
export function newSecretValue(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64');
}

async function ensureDefault({ pool, sealing, clock }: SigningSecretsOptions): Promise<void> {
  if ((await findDefaultSecret(pool)) === null) {
    const id = clock.newId();
    await addDefaultSecret(pool, { id, sealed: sealing.seal(newSecretValue(), id), now: clock.now() });
  }
  const stored = await findDefaultSecret(pool);
  if (stored === null) throw new StartFailure('The default callback secret was deleted while starting');
  try {
    openStored(sealing, stored);
  } catch (error) {
    if (!(error instanceof SealingFailure)) throw error;
    throw new StartFailure(
      `The stored default callback secret cannot be read: ${error.message}. Add the key it was stored under to ` +
        'secrets.encryption_keys (AWE__SECRETS__ENCRYPTION_KEYS; in development it is in .awe/encryption.key of the ' +
        'directory the server first ran in), or set secrets.default_callback_secret ' +
        '(AWE__SECRETS__DEFAULT_CALLBACK_SECRET) to the value that the receivers have',
      { cause: error },
    );
  }
}

async function read({ pool, sealing }: SigningSecretsOptions, id: string | null): Promise<Opened> {
  const stored = id === null ? await findDefaultSecret(pool) : await findSecret(pool, id);
  if (stored === null) throw new SealingFailure('there is no such secret');
  return openStored(sealing, stored);
}

function openStored(sealing: Sealing, stored: StoredSecret): Opened {
  return {
    current: sealing.open(stored.sealed, stored.id),
    previous: stored.previous_sealed === null ? null : sealing.open(stored.previous_sealed, stored.id),
    effective_at: stored.effective_at,
  };
}
