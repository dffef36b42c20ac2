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

/** `AWE_CHROMIUM`, else the Chromium of this machine, else the one that came with the dependencies (Linux on x64). */
export async function chromiumPath(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env.AWE_CHROMIUM;
  if (named !== undefined) return named;
  const places = [...(env.PATH ?? '').split(delimiter), ...PLACES];
  const names = [...NAMES, 'Google Chrome', 'Chromium'];
  const found = places.flatMap((place) => names.map((name) => join(place, name))).find(isProgram);
  return found ?? (await packed.executablePath());
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
