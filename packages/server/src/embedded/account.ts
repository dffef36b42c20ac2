import { readFile, stat } from 'node:fs/promises';
import type { Account } from './run-as.ts';
import { StartFailure } from './start-failure.ts';

async function systemAccounts(): Promise<Account[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return passwd
    .split('\n')
    .filter((line) => line.includes(':') && !line.startsWith('#'))
    .map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      // macOS writes nobody as -2.
      return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
    });
}

/**
 * The account PostgreSQL runs as, which refuses to be root: `null` (as we are) unless we are root; else the owner of the
 * data that exists, else `postgres`, else `nobody`. Throws `no_account`.
 */
export async function chooseAccount(data: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = await systemAccounts();
  const owner = await stat(data).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return { name: known?.name ?? `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const chosen = ['postgres', 'nobody'].map((name) =>
    accounts.find((account) => account.name === name && account.uid !== 0),
  );
  const account = chosen.find((found) => found !== undefined);
  if (account !== undefined) return account;
  throw new StartFailure(
    'no_account',
    'PostgreSQL refuses to run as root, and this machine has neither an account "postgres" nor "nobody" to run it as: start AWE as an ordinary user, or set DATABASE_URL.',
  );
}
