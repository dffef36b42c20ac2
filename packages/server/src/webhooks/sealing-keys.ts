import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encryptionFault } from '../config/agreement.ts';
import type { Settings } from '../config/settings.ts';
import { StartFailure } from '../start-failure.ts';
import type { SealingKey } from './sealing.ts';

const KEY_BYTES = 32;

/**
 * The keys that stored secrets are sealed under: the configured ones, else, in development identity, one that is made
 * once and kept as `<directory>/encryption.key`, beside the embedded data.
 *
 * @throws StartFailure when there is none, or the file does not hold one
 */
export async function loadSealingKeys(
  settings: Settings,
  directory: string,
): Promise<readonly [SealingKey, ...SealingKey[]]> {
  const [first, ...others] = settings.secrets.encryption_keys.map((key) => Buffer.from(key, 'base64'));
  if (first) return [first, ...others];
  const fault = encryptionFault(settings);
  if (fault !== null) throw new StartFailure(fault);
  return [await keptKey(join(directory, 'encryption.key'))];
}

async function keptKey(path: string): Promise<SealingKey> {
  const text = (await read(path)) ?? (await make(path));
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) {
    throw new StartFailure(
      `${path} does not hold a ${KEY_BYTES}-byte key in base64: bring the file back from a copy, or set ` +
        'secrets.encryption_keys (AWE__SECRETS__ENCRYPTION_KEYS)',
    );
  }
  return key;
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw unusable(path, error);
  });
}

/** The complete file appears at once, or not at all; of two that make it at the same time the first one's stays. */
async function make(path: string): Promise<string> {
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  const draft = `${path}.${randomUUID()}`;
  try {
    if ((await mkdir(dirname(path), { recursive: true })) !== undefined) await chmod(dirname(path), 0o700);
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
    return text;
  } catch (error) {
    const kept = errorCode(error) === 'EEXIST' ? await read(path) : null;
    if (kept !== null) return kept;
    throw unusable(path, error);
  } finally {
    await rm(draft, { force: true });
  }
}

function unusable(path: string, error: unknown): StartFailure {
  const said = error instanceof Error ? error.message : String(error);
  return new StartFailure(
    `The key that callback secrets are stored under cannot be kept in ${path} (${said}): make the directory ` +
      'writable, or set secrets.encryption_keys (AWE__SECRETS__ENCRYPTION_KEYS)',
    { cause: error },
  );
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
