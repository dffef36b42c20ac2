import type { RotateSecretIn, SecretIn, SecretOut, SecretValueOut } from '@awe/contract/secrets';
import { quote } from '@awe/engine/fault';
import { secondsAfter } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import type { Admin, AdminDeed } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import { audited } from '../ledger/audited.ts';
import { DEFAULT_SECRET, insertSecret, listSecrets, lockSecret, updateSecret } from '../ledger/secrets.ts';
import type { Tables } from '../ledger/tables.ts';
import type { Sealing } from './sealing.ts';
import { newSecretValue, type SigningSecrets } from './signing-secrets.ts';

/** What an admin does with callback secrets. Refusals are thrown as `AweError`: `secret_not_found`, `conflict`. */
export type SecretAdmin = {
  list: () => Promise<SecretOut[]>;
  create: (given: SecretIn, by: Admin) => Promise<SecretValueOut>;
  rotate: (id: string, given: RotateSecretIn, by: Admin) => Promise<SecretValueOut>;
  remove: (id: string, by: Admin) => Promise<void>;
};

export type SecretAdminOptions = {
  db: Kysely<Tables>;
  clock: Clock;
  sealing: Sealing;
  signing: Pick<SigningSecrets, 'forget'>;
  /** Whether `secrets.default_callback_secret` signs in place of the stored default. */
  defaultIsConfigured: boolean;
};

const SECONDS_AN_HOUR = 3_600;
const DEFAULT_HOURS = 24;

export function createSecretAdmin(options: SecretAdminOptions): SecretAdmin {
  const { db, clock, sealing, signing, defaultIsConfigured } = options;

  /** What is remembered here would go on signing for a moment. */
  function forget({ id, name }: SecretOut): void {
    signing.forget(id);
    if (name === DEFAULT_SECRET) signing.forget(null);
  }

  return {
    list: async () => (await listSecrets(db)).map(shown),

    async create({ name, secret }, by) {
      if (name === DEFAULT_SECRET) throw nameTaken(name);
      const id = clock.newId();
      const now = clock.now();
      const value = secret ?? newSecretValue();
      const row = {
        id,
        name,
        sealed: sealing.seal(value, id),
        previous_sealed: null,
        effective_at: now,
        created_at: now,
        deleted_at: null,
      };
      return audited(options, by, async (trx) => {
        if (!(await insertSecret(trx, row))) throw nameTaken(name);
        return {
          result: { ...shown(row), secret: value },
          deed: deed('secret.create', 'Made', null, shown(row)),
        };
      });
    },

    async rotate(id, { effective_in_hours = DEFAULT_HOURS }, by) {
      const rotated = await audited(options, by, async (trx) => {
        const before = await lockSecret(trx, id);
        if (before === null) throw notFound(id);
        if (before.name === DEFAULT_SECRET && defaultIsConfigured) {
          throw new AweError(
            'conflict',
            'The default secret is set in the configuration (secrets.default_callback_secret): change it there.',
          );
        }
        const now = clock.now();
        const value = newSecretValue();
        const isAtOnce = effective_in_hours === 0;
        // A rotation that has not taken effect has not changed what signs.
        const inForce =
          before.previous_sealed !== null && now < before.effective_at
            ? before.previous_sealed
            : before.sealed;
        const change = {
          sealed: sealing.seal(value, before.id),
          previous_sealed: isAtOnce ? null : inForce,
          effective_at: isAtOnce ? now : secondsAfter(now, effective_in_hours * SECONDS_AN_HOUR),
        };
        await updateSecret(trx, before.id, change);
        const after = shown({ ...before, ...change });
        return {
          result: { ...after, secret: value },
          deed: deed('secret.rotate', 'Rotated', shown(before), after),
        };
      });
      forget(rotated);
      return rotated;
    },

    async remove(id, by) {
      const removed = await audited(options, by, async (trx) => {
        const before = await lockSecret(trx, id);
        if (before === null) throw notFound(id);
        if (before.name === DEFAULT_SECRET) {
          throw new AweError(
            'conflict',
            'The default secret signs for every request that names none: rotate it instead.',
          );
        }
        await updateSecret(trx, before.id, { deleted_at: clock.now() });
        return { result: shown(before), deed: deed('secret.delete', 'Deleted', shown(before), null) };
      });
      forget(removed);
    },
  };
}

/** Everything but the value. */
function shown({ id, name, created_at, effective_at }: SecretOut): SecretOut {
  return { id, name, created_at, effective_at };
}

function deed(
  action: 'secret.create' | 'secret.rotate' | 'secret.delete',
  said: string,
  before: SecretOut | null,
  after: SecretOut | null,
): AdminDeed {
  const { id = '', name = '' } = after ?? before ?? {};
  const summary = `${said} the callback secret ${quote(name)}`;
  return { action, resource_type: 'secret', resource_id: id, summary, before, after };
}

function nameTaken(name: string): AweError {
  return new AweError(
    'conflict',
    `There is a callback secret named ${quote(name)}: rotate it, or choose another name.`,
  );
}

function notFound(id: string): AweError {
  return new AweError(
    'secret_not_found',
    `There is no callback secret ${quote(id)}: take the id from GET /admin/callback-secrets.`,
  );
}
