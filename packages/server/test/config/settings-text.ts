import { type ConfigSources, loadConfig } from '../../src/config/config.ts';
import { StartFailure } from '../../src/start-failure.ts';

export type Given = { env?: Record<string, string>; files?: Record<string, string> };

/** Where the settings of a test come from: these variables and files, and nothing of this machine. */
export function sourcesOf({ env = {}, files = {} }: Given = {}): ConfigSources {
  return {
    env,
    cwd: '/srv/awe',
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return text;
    },
  };
}

/** What the operator is told who starts the service with this. */
export function refusal(given: Given): string {
  try {
    loadConfig(sourcesOf(given));
  } catch (error) {
    if (error instanceof StartFailure) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}
