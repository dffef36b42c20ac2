import { open, readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { said } from './fault.ts';
import type { Verdict } from './verify-export.ts';

/** How many faults are told one by one. */
const MOST_FAULTS = 200;

/** A file is not what it was named as, or cannot be read: the message says which and why. */
export class Unusable extends Error {}

/** The parsed lines of files, one file after the other. Throws `Unusable` where a file cannot be read or is no JSON. */
export async function* linesOf(files: readonly string[]): AsyncGenerator<unknown> {
  for (const file of files) {
    const handle = await open(file).catch((error: unknown) => {
      throw new Unusable(`${file} cannot be read: ${said(error)}`);
    });
    if (!(await handle.stat()).isFile()) throw new Unusable(`${file} is not a file`);
    let number = 0;
    for await (const line of handle.readLines()) {
      number += 1;
      yield parse(line, `${file}, line ${number}`);
    }
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${place}: is not JSON (${said(error)})`);
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Unusable(`${file} cannot be read: ${said(error)}`);
  });
}

/** Checkpoints that somebody kept, each a JWS: answers of the service or bare ones, a line each, or an array. Throws `Unusable`. */
export async function readCheckpoints(file: string): Promise<string[]> {
  const text = (await read(file)).trim();
  const given = text.startsWith('[')
    ? (parse(text, file) as unknown[])
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, index) => (/^[{"]/.test(line) ? parse(line, `${file}, line ${index + 1}`) : line.trim()));
  return given.map((each) => {
    const jws = typeof each === 'string' ? each : (each as { jws?: unknown } | null)?.jws;
    if (typeof jws !== 'string') throw new Unusable(`${file} holds something that is no checkpoint`);
    return jws;
  });
}

/** Public keys: a JWK, a JWK set or an array. Throws `Unusable`. */
export async function readKeys(file: string): Promise<JWK[]> {
  const given = parse(await read(file), file) as { keys?: JWK[] } | JWK | JWK[];
  const keys = Array.isArray(given) ? given : 'keys' in given ? (given.keys as JWK[]) : [given as JWK];
  if (keys.length === 0 || keys.some((key) => typeof key?.kty !== 'string')) {
    throw new Unusable(`${file} holds something that is no JWK`);
  }
  return keys;
}

/** What was found, for people: a line for each fault, then what it rests on. */
export function tellVerdict({ faults, notes, counts }: Verdict): string {
  const { requests, audit_rows, checkpoints } = counts;
  const found =
    faults.length === 0 ? 'Nothing is wrong.' : `${faults.length} faults: the log is not as it was written.`;
  return [
    ...faults.slice(0, MOST_FAULTS).map(({ place, message }) => `${place}: ${message}`),
    ...(faults.length > MOST_FAULTS ? [`… and ${faults.length - MOST_FAULTS} more`] : []),
    ...notes.map((note) => `Note: ${note}`),
    `${requests} requests, ${audit_rows} audit rows, ${checkpoints} checkpoints. ${found}`,
    '',
  ].join('\n');
}
