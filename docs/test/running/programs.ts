import { spawnSync } from 'node:child_process';

/** What runs blocks beside what npm brings, and how it says that it is here. */
const PROGRAMS: Record<string, string> = { python3: '--version', java: '--version' };

/** The first of the programs that a script calls and this machine does not have, or null. */
export function missingProgram(script: string): string | null {
  const called = Object.entries(PROGRAMS).filter(([name]) => new RegExp(`^${name} `, 'm').test(script));
  return called.find(([name, asked]) => spawnSync(name, [asked]).status !== 0)?.[0] ?? null;
}
