import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { BUILD_PROGRAM, BUILT_FROM, PORTAL_DIST, PORTAL_PACKAGE, PORTAL_SOURCES } from './portal-files.ts';
import { type Build, runBuild } from './run-build.ts';
import { sourceHash } from './source-hash.ts';

export type PortalState = 'building' | 'built' | 'failed' | 'missing';

export type Portal = {
  state: () => PortalState;
  /** Resolves when nothing is being built any more. */
  settled: Promise<PortalState>;
  /** Ends a build that is under way. */
  stop: () => void;
};

/**
 * The portal as this installation has it: from a checkout it is built when its sources are newer than what was built
 * from them, in production it is served as it came.
 */
export function openPortal(log: Logger, nodeEnv = process.env.NODE_ENV): Portal {
  return nodeEnv === 'production' || !canBuild() ? prebuiltPortal() : freshPortal(log);
}

/** What was built before, whatever it was built from. */
export function prebuiltPortal(): Portal {
  const state = () => (existsSync(join(PORTAL_DIST, 'index.html')) ? 'built' : 'missing');
  return { state, settled: Promise.resolve(state()), stop: () => undefined };
}

/** Built at once unless that was done already from the same sources. A build that fails is logged, and stops nothing. */
function freshPortal(log: Logger): Portal {
  let state: PortalState = 'building';
  let build: Build | null = null;
  let isStopped = false;
  const make = async (): Promise<PortalState> => {
    const hash = await sourceHash(PORTAL_SOURCES);
    if ((await builtFrom()) === hash) return 'built';
    if (isStopped) return 'missing';
    const began = performance.now();
    log.info('building the portal; the API is up meanwhile');
    build = runBuild(hash);
    const fault = await build.ended;
    if (isStopped) return 'missing';
    if (fault !== null) {
      log.error({ output: fault }, 'the portal could not be built; the API works without it');
      return 'failed';
    }
    log.info({ ms: Math.round(performance.now() - began) }, 'the portal is built');
    return 'built';
  };
  const settled = make()
    .catch((error: unknown): PortalState => {
      log.error({ err: error }, 'the portal could not be built; the API works without it');
      return 'failed';
    })
    .then((end) => {
      state = end;
      return end;
    });
  return {
    state: () => state,
    settled,
    stop: () => {
      isStopped = true;
      build?.stop();
    },
  };
}

/** A checkout can; an installation has what was built. */
function canBuild(): boolean {
  if (!existsSync(BUILD_PROGRAM)) return false;
  try {
    createRequire(join(PORTAL_PACKAGE, 'package.json')).resolve('vite/package.json');
    return true;
  } catch {
    return false;
  }
}

async function builtFrom(): Promise<string | null> {
  try {
    return await readFile(join(PORTAL_DIST, BUILT_FROM), 'utf8');
  } catch {
    return null;
  }
}
