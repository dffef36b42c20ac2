import { spawn } from 'node:child_process';
import { type Account, asAccount } from './run-as.ts';

/** Waits for its input to end, which the kernel sees to when we are gone; the lock file shows that the pid is still the same one. */
const SCRIPT = `
read -r never
read -r pid < "$1/postmaster.pid" && [ "$pid" = "$2" ] && kill -INT "$2"
`;

/**
 * Ends the postmaster soon after this process ends, in whatever way. A courtesy: should it fail, the next start stops what
 * was left. Returns how to let go, once the postmaster has ended by itself.
 */
export function leash(data: string, pid: number, account: Account | null): () => void {
  const watcher = spawn('/bin/sh', ['-c', SCRIPT, 'sh', data, String(pid)], {
    ...asAccount(account),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  watcher.unref();
  return () => {
    watcher.kill('SIGKILL');
    watcher.stdin.destroy();
  };
}
