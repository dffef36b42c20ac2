import { readFile, stat } from 'node:fs/promises';
import { EmbeddedFailure } from './embedded-failure.ts';
import { type Account, run } from './run-as.ts';

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

/** Root of a container need not be allowed to become anybody else. */
async function canBecome(account: Account): Promise<boolean> {
  return run('/bin/sh', ['-c', ':'], account).then(
    ({ code }) => code === 0,
    () => false,
  );
}

async function pick(data: string): Promise<Account | undefined> {
  const accounts = await systemAccounts();
  const owner = await stat(data).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return { name: known?.name ?? `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const named = (name: string) => accounts.find((account) => account.name === name && account.uid !== 0);
  return named('postgres') ?? named('nobody');
}

/**
 * The account PostgreSQL runs as, which refuses to be root: `null` (as we are) unless we are root; else the owner of the
 * data that exists, else `postgres`, else `nobody`. Throws `no_account`.
 */
export async function chooseAccount(data: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const account = await pick(data);
  if (account !== undefined && (await canBecome(account))) return account;
  const why =
    account === undefined
      ? 'this machine has neither an account "postgres" nor "nobody" to run it as'
      : `this process may not become ${account.name}`;
  throw new EmbeddedFailure(
    'no_account',
    `PostgreSQL refuses to run as root, and ${why}: start AWE as an ordinary user, or set DATABASE_URL.`,
  );
}
