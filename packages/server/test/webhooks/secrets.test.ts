import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secondsAfter } from '@awe/engine/instant';
import { Settings } from '@awe/server/config/settings';
import { StartFailure } from '@awe/server/start-failure';
import { createSealing, type Sealing, SealingFailure, sealingKeyId } from '@awe/server/webhooks/sealing';
import { loadSealingKeys } from '@awe/server/webhooks/sealing-keys';
import { newSecretValue, openSigningSecrets } from '@awe/server/webhooks/signing-secrets';
import { Webhook } from 'standardwebhooks';
import { Value } from 'typebox/value';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Outbox, openOutbox, SECRET, testClock } from './outbox.ts';
import { startReceiver } from './receiver.ts';
import { tell } from './story.ts';

const OLD_KEY = randomBytes(32);
const NEW_KEY = randomBytes(32);
const UNKNOWN = '01900000-0000-7000-8000-00000000dead';

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => error,
  );
}

describe('sealing', () => {
  test('what was sealed opens with its key, wherever that stands in the list', () => {
    const old = createSealing([OLD_KEY]);
    const rotated = createSealing([NEW_KEY, OLD_KEY]);
    const sealed = old.seal(SECRET, 'a');
    expect(sealed).not.toContain(SECRET.slice(6));
    expect(rotated.open(sealed, 'a')).toBe(SECRET);
    expect(createSealing([NEW_KEY]).open(rotated.seal(SECRET, 'a'), 'a')).toBe(SECRET);
    expect(old.seal(SECRET, 'a')).not.toBe(sealed);
  });

  test('nothing else opens it', () => {
    const sealing = createSealing([OLD_KEY]);
    const sealed = sealing.seal(SECRET, 'a');
    const id = sealingKeyId(OLD_KEY);
    const changed = new SealingFailure(`it was changed after it was sealed under the key ${id}`);
    const tampered = sealed.slice(0, -8) + (sealed.at(-8) === 'A' ? 'B' : 'A') + sealed.slice(-7);
    expect(() => createSealing([NEW_KEY]).open(sealed, 'a')).toThrow(
      new SealingFailure(`it is sealed under the key ${id}, which is not configured`),
    );
    expect(() => sealing.open(sealed, 'b')).toThrow(changed);
    expect(() => sealing.open(tampered, 'a')).toThrow(changed);
    expect(() => sealing.open(`v1.${id}.`, 'a')).toThrow(changed);
    expect(() => sealing.open(SECRET, 'a')).toThrow(
      new SealingFailure('it is not in the form this version seals in'),
    );
  });
});

describe('the keys', () => {
  let directory: string;
  const settings = () => Value.Create(Settings);

  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'awe-keys-')), '.awe');
  });
  afterEach(async () => {
    await rm(join(directory, '..'), { recursive: true });
  });

  test('configured ones are taken, and no file is made', async () => {
    const configured = settings();
    configured.secrets.encryption_keys = [NEW_KEY.toString('base64'), OLD_KEY.toString('base64')];
    expect(await loadSealingKeys(configured, directory)).toEqual([NEW_KEY, OLD_KEY]);
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
  });

  test('development makes one once, also when two start at the same moment', async () => {
    const loaded = await Promise.all([1, 2, 3, 4].map(() => loadSealingKeys(settings(), directory)));
    for (const keys of loaded) expect(keys).toEqual(loaded[0]);
    expect(await loadSealingKeys(settings(), directory)).toEqual(loaded[0]);
    expect(await readdir(directory)).toEqual(['encryption.key']);
    expect((await stat(join(directory, 'encryption.key'))).mode & 0o777).toBe(0o600);
  });

  test('a damaged file stops the start and stays as it is', async () => {
    await loadSealingKeys(settings(), directory);
    const path = join(directory, 'encryption.key');
    await writeFile(path, 'damaged');
    expect(await refusal(loadSealingKeys(settings(), directory))).toEqual(
      new StartFailure(
        `${path} does not hold a 32-byte key in base64: bring the file back from a copy, or set ` +
          'secrets.encryption_keys (AWE__SECRETS__ENCRYPTION_KEYS)',
      ),
    );
    expect(await readFile(path, 'utf8')).toBe('damaged');
  });

  test('production has to be given one', async () => {
    const production = settings();
    production.keycloak.issuer = 'https://id.example/realms/gov';
    const failure = await refusal(loadSealingKeys(production, directory));
    expect(failure).toBeInstanceOf(StartFailure);
    expect(String(failure)).toContain('secrets.encryption_keys is empty');
    expect(String(failure)).toContain('AWE__SECRETS__ENCRYPTION_KEYS');
  });
});

describe('the secrets in force', () => {
  let outbox: Outbox;
  const clock = testClock();
  const sealing = createSealing([OLD_KEY]);

  beforeEach(async () => {
    outbox = await openOutbox();
  });
  afterEach(() => outbox.close());

  function open(other: { sealing?: Sealing; configuredDefault?: string | null } = {}) {
    return openSigningSecrets({
      pool: outbox.database.pool,
      sealing,
      clock,
      configuredDefault: null,
      ...other,
    });
  }

  async function store(name: string, value: string, id = v7()): Promise<string> {
    await outbox.database.pool.query('insert into callback_secret values ($1, $2, $3, null, $4, $4, null)', [
      id,
      name,
      sealing.seal(value, id),
      clock.now(),
    ]);
    return id;
  }

  async function rotate(id: string, from: string, to: string, effectiveAt: string): Promise<void> {
    await outbox.database.pool.query(
      'update callback_secret set sealed = $2, previous_sealed = $3, effective_at = $4 where id = $1',
      [id, sealing.seal(to, id), sealing.seal(from, id), effectiveAt],
    );
  }

  test('replicas that start at the same moment end with the same default, and so does the next start', async () => {
    const replicas = await Promise.all([open(), open(), open(), open()]);
    const values = await Promise.all(replicas.map((secrets) => secrets.secretsFor(null, clock.now())));
    expect(values[0]).toHaveLength(1);
    expect(values[0]?.[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    for (const value of values) expect(value).toEqual(values[0]);
    expect(await (await open()).secretsFor(null, clock.now())).toEqual(values[0]);
    const { rows } = await outbox.database.pool.query('select name from callback_secret');
    expect(rows).toEqual([{ name: 'default' }]);
  });

  test('a configured default signs, and none is stored', async () => {
    const secrets = await open({ configuredDefault: SECRET });
    expect(await secrets.secretsFor(null, clock.now())).toEqual([SECRET]);
    expect((await outbox.database.pool.query('select from callback_secret')).rowCount).toBe(0);
  });

  test('a default that no key opens stops the start and names the way out', async () => {
    await open();
    const failure = await refusal(open({ sealing: createSealing([NEW_KEY]) }));
    expect(failure).toBeInstanceOf(StartFailure);
    expect(String(failure)).toContain(
      `cannot be read: it is sealed under the key ${sealingKeyId(OLD_KEY)}, which is not configured`,
    );
    expect(String(failure)).toContain('AWE__SECRETS__ENCRYPTION_KEYS');
    expect(String(failure)).toContain('AWE__SECRETS__DEFAULT_CALLBACK_SECRET');
  });

  test('another replica’s rotation is seen within seconds, and the old secret signs until it takes effect', async () => {
    const [before, after] = [newSecretValue(), newSecretValue()];
    const id = await store('registry', before);
    const secrets = await open();
    expect(await secrets.secretsFor(id, clock.now())).toEqual([before]);
    const effectiveAt = secondsAfter(clock.now(), 3600);
    await rotate(id, before, after, effectiveAt);
    expect(await secrets.secretsFor(id, secondsAfter(clock.now(), 2.999))).toEqual([before]);
    expect(await secrets.secretsFor(id, secondsAfter(clock.now(), 3))).toEqual([before, after]);
    expect(await secrets.secretsFor(id, secondsAfter(effectiveAt, -0.001))).toEqual([before, after]);
    expect(await secrets.secretsFor(id, effectiveAt)).toEqual([after]);
  });

  test('a change made here is seen at once', async () => {
    const [before, after] = [newSecretValue(), newSecretValue()];
    const id = await store('registry', before);
    const secrets = await open();
    await secrets.secretsFor(id, clock.now());
    await rotate(id, before, after, clock.now());
    secrets.forget(id);
    expect(await secrets.secretsFor(id, clock.now())).toEqual([after]);
  });

  test('only a secret that exists and was not deleted may be named by a new request', async () => {
    const id = await store('registry', SECRET);
    const secrets = await open();
    expect(await secrets.callbackSecretExists(id)).toBe(true);
    expect(await secrets.callbackSecretExists(UNKNOWN)).toBe(false);
    expect(await secrets.callbackSecretExists('registry')).toBe(false);
    await outbox.database.pool.query('update callback_secret set deleted_at = $2 where id = $1', [
      id,
      clock.now(),
    ]);
    expect(await secrets.callbackSecretExists(id)).toBe(false);
    expect(await secrets.secretsFor(id, clock.now())).toEqual([SECRET]);
  });

  test('a secret that is not there is not signed for with another', async () => {
    const secrets = await open();
    expect(await refusal(secrets.secretsFor(UNKNOWN, clock.now()))).toEqual(
      new SealingFailure('there is no such secret'),
    );
  });

  test('during a rotation a callback verifies with the old secret and with the new one', async () => {
    const receiver = await startReceiver();
    const now = new Date().toISOString();
    const live = { now: () => now, newId: clock.newId };
    const [before, after] = [newSecretValue(), newSecretValue()];
    const id = await store('registry', before);
    await rotate(id, before, after, secondsAfter(now, 60));
    await tell(outbox.database, { callbackUrl: receiver.url, at: now, secretId: id });
    const { secretsFor } = await open();
    const { dispatcher, recorded } = outbox.worker({ clock: live, secretsFor });
    dispatcher.start();
    await recorded.reach(1);
    const [call] = receiver.calls.all;
    const headers = call?.headers as Record<string, string>;
    for (const secret of [before, after]) {
      expect(new Webhook(secret).verify(call?.body ?? '', headers)).toMatchObject({ sequence: 1 });
    }
    expect(() => new Webhook(newSecretValue()).verify(call?.body ?? '', headers)).toThrow(
      'No matching signature',
    );
    await receiver.close();
  });

  test('a callback that cannot be signed is not sent, and is tried again on schedule', async () => {
    const receiver = await startReceiver();
    const id = await store('registry', SECRET);
    await outbox.database.pool.query(
      "update callback_secret set sealed = 'v1.0123456789ab.AAAA' where id = $1",
      [id],
    );
    await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now(), secretId: id });
    const { secretsFor } = await open();
    const { dispatcher, recorded, log } = outbox.worker({ clock, secretsFor });
    dispatcher.start();
    await recorded.reach(1);
    expect(receiver.calls.all).toEqual([]);
    expect(await outbox.rows()).toMatchObject([
      {
        status: 'pending',
        attempt: 1,
        next_attempt_at: secondsAfter(clock.now(), 60),
        last_error:
          'nothing was sent: the callback secret cannot be read, it is sealed under the key 0123456789ab, which is not configured',
      },
    ]);
    expect(log.all.map((line) => line.message)).toEqual(['a callback cannot be signed']);
    await receiver.close();
  });

  test('a secret that could not be loaded costs no attempt: the lease is the pause', async () => {
    const receiver = await startReceiver();
    await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
    let away = true;
    const { dispatcher, recorded, log } = outbox.worker({
      clock,
      secretsFor: () =>
        away ? Promise.reject(new Error('Connection terminated')) : Promise.resolve([SECRET]),
    });
    dispatcher.start();
    await log.see(({ message }) => message === 'the secret of a callback could not be loaded');
    expect(await outbox.rows()).toMatchObject([{ status: 'pending', attempt: 0 }]);
    away = false;
    clock.pass(30);
    dispatcher.wake();
    await recorded.reach(1);
    expect(receiver.calls.all).toHaveLength(1);
    await receiver.close();
  });
});
