import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Context } from './context.ts';
import { said, usageFailure } from './failure.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads an option's value as a whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

/** Reads an option's value as a number within bounds. */
export function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
  };
}

/**
 * Reads an option's value as a moment: a date, ISO 8601 with any offset, or how long ago (`90m`, `24h`, `7d`) and, with a
 * plus, how long from `now` on. Without an offset it is UTC. Answers UTC with milliseconds and `Z`.
 */
export function moment(now: () => Date): (text: string) => string {
  return (text) => {
    const [, sign, count, unit] = /^([+-]?)(\d{1,6})([mhd])$/.exec(text) ?? [];
    if (unit !== undefined) {
      const distance = Number(count) * (UNITS[unit] ?? 0);
      return new Date(now().getTime() + (sign === '+' ? distance : -distance)).toISOString();
    }
    const whole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
    const time = whole ? Date.parse(whole[1] && !whole[4] ? `${text}Z` : text) : Number.NaN;
    if (Number.isNaN(time)) {
      throw new InvalidArgumentError(
        'It is such as 2026-04-23T10:00:00Z, 2026-04-23, or 24h for 24 hours ago (+7d: from now on).',
      );
    }
    return new Date(time).toISOString();
  };
}

/** `registry.change_request/CR-42`: what stands before the first slash is the type. */
export function artifact(text: string): { artifact_type: string; artifact_id: string } {
  const at = text.indexOf('/');
  if (at < 1 || at === text.length - 1) {
    throw new InvalidArgumentError('It is type/id, such as registry.change_request/CR-2026-00042.');
  }
  return { artifact_type: text.slice(0, at), artifact_id: text.slice(at + 1) };
}

/** Reads text that an option gives: `-` is standard input, anything else a file. */
export async function readGiven(option: string, place: string, { input, cwd }: Context): Promise<string> {
  if (place === '-') return input();
  return readFile(resolve(cwd, place), 'utf8').catch((error: unknown) => {
    throw usageFailure(`${option}: ${place} cannot be read: ${said(error)}`);
  });
}

/** Reads a JSON object that an option gives: written out, in a file, or on standard input for `-`. */
export async function jsonObject(
  option: string,
  given: string,
  context: Context,
): Promise<Record<string, unknown>> {
  const inline = given.trimStart().startsWith('{');
  const text = inline ? given : await readGiven(option, given, context);
  const value = parse(option, text);
  await refuseChanged(option, value, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw usageFailure(`${option} is not a JSON object, such as {"amount": 2500}.`);
}

/** As the service refuses it: what is sent is what was read, and by then a number may be another one. */
async function refuseChanged(option: string, value: unknown, text: string): Promise<void> {
  const { hostileValues } = await import('@awe/server/http/hostile-values');
  const [fault] = hostileValues({ value: { context: value }, text: `{"context":${text}}` }, 1);
  if (fault) throw usageFailure(`${option}: ${fault.loc.slice(2).join('.')}: ${fault.msg}.`);
}

function parse(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageFailure(`${option} is not JSON: ${said(error)}`);
  }
}
