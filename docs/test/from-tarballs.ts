import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packAll } from '../../deploy/pack/pack.ts';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { placeOf } from './reading/block.ts';
import { readPages } from './reading/page.ts';
import { freePort } from './running/free-port.ts';
import { openPlay } from './running/play.ts';

// Plays docs/how-to/write-a-caller.md as its reader does: from a directory with nothing in it but the tarballs.

const PAGE = 'docs/how-to/write-a-caller.md';

const page = readPages().find(({ path }) => path === PAGE);
if (page === undefined) throw new Error(`${PAGE} is not there`);
const directory = await mkdtemp(join(tmpdir(), 'awe-from-tarballs-'));
// Run as root, PostgreSQL runs as somebody else, and puts its data elsewhere where it cannot reach this folder.
await chmod(directory, 0o755);
try {
  await packAll(directory);
  const port = String(await freePort());
  const play = await openPlay({
    directory,
    address: `127.0.0.1:${port}`,
    env: {
      // Whatever the checkout has installed must not be found.
      PATH: (process.env.PATH ?? '')
        .split(delimiter)
        .filter((path) => !path.startsWith(ROOT))
        .join(delimiter),
      HOME: process.env.HOME,
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      AWE_URL: `http://127.0.0.1:${port}`,
      AWE__SERVER__PORT: port,
    },
    databaseUrl: '',
    hoursPass: () => Promise.reject(new Error('time does not pass here')),
    close: () => Promise.resolve(),
  });
  try {
    for (const block of page.blocks) {
      const installs = block.marks.get('exception') === 'tarballs';
      const began = performance.now();
      await play.block(installs ? { ...block, marks: new Map() } : block);
      console.log(`${placeOf(block)} ${Math.round(performance.now() - began)} ms`);
    }
  } finally {
    await play.close();
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
console.log(`${PAGE} works as written.`);
