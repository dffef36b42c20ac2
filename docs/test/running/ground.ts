import { delimiter, join } from 'node:path';
import { tokenOf } from '../../../packages/server/demo/caller.ts';
import { freshDatabase } from '../../../packages/server/test/postgres.ts';
import { ROOT } from '../../../packages/server/test/safety/source-files.ts';
import { admin, openStand } from '../../../packages/server/test/service/stand.ts';
import type { Page } from '../reading/page.ts';
import { type Directory, openDirectory } from './directory.ts';
import { freePort } from './free-port.ts';
import { openPeople } from './people.ts';

/** What this run has in its environment, and a reader has not. */
const OURS = /^(AWE|VITEST|NODE_|npm_|DATABASE_URL|CONFIG_PATH|LOG_LEVEL|CI$)/;

/** What a page is played on. */
export type Ground = {
  directory: string;
  env: Record<string, string | undefined>;
  /** Host and port of the service, which pages call 127.0.0.1:8000. */
  address: string;
  databaseUrl: string;
  hoursPass: (hours: number) => Promise<void>;
  close: () => Promise<void>;
};

/** Comments of a page that say what it is played on. */
const EMPTY = '<!-- directory: empty -->';
const OWN = '<!-- service: of the page -->';
const PEOPLE = /<!-- people: (\S+) -->/;

export async function openGround(page: Page): Promise<Ground> {
  const directory = await openDirectory(page.text.includes(EMPTY));
  return page.text.includes(OWN)
    ? pageServed(directory)
    : stood(directory, PEOPLE.exec(page.text)?.[1] ?? null);
}

/** A service is there already, in this process, and time can be let pass. */
async function stood(directory: Directory, folder: string | null): Promise<Ground> {
  const people = folder === null ? null : await openPeople(folder);
  const stand = await openStand(people === null ? {} : { env: people.env });
  const address = new URL(stand.services[0]?.url ?? '').host;
  return {
    directory: directory.path,
    env: { ...shared(directory), AWE_URL: `http://${address}` },
    address,
    databaseUrl: stand.databaseUrl,
    hoursPass: stand.hoursPass,
    close: async () => {
      await stand.close();
      await people?.close();
      await directory.remove();
    },
  };
}

/** The page starts the service by itself, on a database that costs no start of PostgreSQL. */
async function pageServed(directory: Directory): Promise<Ground> {
  const database = await freshDatabase();
  const port = String(await freePort());
  return {
    directory: directory.path,
    env: {
      ...shared(directory),
      AWE_URL: `http://127.0.0.1:${port}`,
      AWE__SERVER__PORT: port,
      DATABASE_URL: database.url,
      // The portal is not what is looked at, and would be built.
      NODE_ENV: 'production',
    },
    address: `127.0.0.1:${port}`,
    databaseUrl: database.url,
    hoursPass: () => Promise.reject(new Error('time passes only on a service of the harness')),
    close: async () => {
      await database.drop();
      await directory.remove();
    },
  };
}

/** As a reader has it who works in the repository, with a home that goes with the page. */
function shared({ path }: Directory): Ground['env'] {
  const token = tokenOf(admin);
  const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: path,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    // What costs most in a short command is reading its program.
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/docs'),
    NODE_OPTIONS: '--conditions=awe-source',
    TOKEN: token,
    AWE_TOKEN: token,
  };
}
