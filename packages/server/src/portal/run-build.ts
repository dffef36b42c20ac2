import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { BUILD_PROGRAM, BUILT_FROM, PORTAL_DIST, PORTAL_PACKAGE } from './portal-files.ts';

const KEPT_OUTPUT = 4_000;

export type Build = {
  /** Null when it went well, else what the build said. */
  ended: Promise<string | null>;
  /** Ends it; what was built before stays. */
  stop: () => void;
};

/** Builds the portal from the sources that `hash` stands for, in a process of its own, so that calls are answered meanwhile. */
export function runBuild(hash: string): Build {
  // It ends itself when its input does: when this process stops it, or is gone.
  const child = spawn(process.execPath, [BUILD_PROGRAM, PORTAL_DIST, BUILT_FROM, hash], {
    cwd: PORTAL_PACKAGE,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
  });
  let said = '';
  const keep = (text: string) => {
    said = (said + text).slice(-KEPT_OUTPUT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(
    ([code, signal]) => (code === 0 ? null : said.trim() || `the build ended with ${code ?? signal}`),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { ended, stop: () => child.stdin.end() };
}
