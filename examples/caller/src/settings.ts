import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the register is told from outside. */
export type Settings = {
  aweUrl: string;
  port: number;
  /** Where people reach the register, when that is not where it listens: behind a proxy, say. */
  url: string | null;
  /** Where AWE reaches its webhook, when that is somewhere else again. */
  callbackUrl: string | null;
  /** Of the database, and of nothing else. */
  directory: string;
  /** AWE knows it by its id, and signs with its value. */
  callbackSecret: { id: string; value: string };
  /** How often what could not be done is tried again. */
  catchUpSeconds: number;
};

/** @throws Error that says what is missing and how to get it */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const directory = resolve(env.REGISTER_DIRECTORY ?? '.register');
  return {
    aweUrl: env.AWE_URL ?? 'http://127.0.0.1:8000',
    port: numberFrom(env, 'REGISTER_PORT', 8100),
    url: env.REGISTER_URL ?? null,
    callbackUrl: env.REGISTER_CALLBACK_URL ?? null,
    directory,
    callbackSecret: readSecret(env.REGISTER_CALLBACK_SECRET_FILE ?? join(directory, 'callback-secret.json')),
    catchUpSeconds: numberFrom(env, 'REGISTER_CATCH_UP_SECONDS', 30),
  };
}

function numberFrom(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const number = Number(env[name] ?? otherwise);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Error(`${name} must be a number from 0, and is ${env[name]}.`);
}

/** The file is what `awe secret create --json` printed: a secret in a file is in no process list and no log. */
function readSecret(file: string): Settings['callbackSecret'] {
  let made: { id?: unknown; secret?: unknown };
  try {
    made = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(
      `There is no callback secret in ${file}: an administrator makes one with "awe secret create land-register --json", once.`,
    );
  }
  const { id, secret } = made;
  if (typeof id !== 'string' || typeof secret !== 'string')
    throw new Error(`${file} must have id and secret.`);
  return { id, value: secret };
}
