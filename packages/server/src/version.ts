import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type BuildInfo = { service_version: string; build_time: string; git_commit: string };

const ROOT = join(import.meta.dirname, '../../..');

/**
 * What this build is. An image says it by `AWE_BUILD_TIME` and `AWE_GIT_COMMIT`; a checkout knows its commit and when it
 * was made; otherwise "unknown".
 */
export function buildInfo(env: Record<string, string | undefined>): BuildInfo {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const head = checkedOut();
  return {
    service_version: version,
    build_time: env.AWE_BUILD_TIME ?? head?.time ?? 'unknown',
    git_commit: env.AWE_GIT_COMMIT ?? head?.commit ?? 'unknown',
  };
}

function checkedOut(): { commit: string; time: string } | null {
  try {
    const head = readFileSync(join(ROOT, '.git/HEAD'), 'utf8').trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    const file = join(ROOT, '.git', ref ?? 'HEAD');
    return { commit: readFileSync(file, 'utf8').trim(), time: statSync(file).mtime.toISOString() };
  } catch {
    // No checkout, or its refs are packed: not worth a library for a line of information.
    return null;
  }
}
