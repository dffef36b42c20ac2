import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import packed from '@sparticuz/chromium';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];

/**
 * `AWE_CHROMIUM`, else the one that came with the dependencies (Linux on x64: without a window it takes half the time), else
 * the Chromium of this machine. @throws when there is none, with how to get one: these tests are never left out.
 */
export async function chromiumPath(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env.AWE_CHROMIUM;
  if (named !== undefined) return named;
  if (process.platform === 'linux' && process.arch === 'x64') return await packed.executablePath();
  const places = [...(env.PATH ?? '').split(delimiter), ...PLACES];
  const names = [...NAMES, 'Google Chrome', 'Chromium'];
  const found = places.flatMap((place) => names.map((name) => join(place, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    'The tests of the portal need a Chromium: apt-get install chromium (Debian, Ubuntu), brew install --cask chromium (macOS), or set AWE_CHROMIUM to the path of one.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
