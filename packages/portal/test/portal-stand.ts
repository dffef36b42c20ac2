import { createLog } from '@awe/server/log';
import { openPortal } from '@awe/server/portal/portal';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openStand, type Stand } from '../../server/test/service/stand.ts';
import { chromiumPath } from './chromium.ts';
import { type Complaints, watch } from './watched-page.ts';

export type PortalUser = { id: string; role?: 'AWE_ADMIN' | 'AWE_VIEWER' | 'none' };

export const ADA: PortalUser = { id: 'ada', role: 'AWE_ADMIN' };
export const VERA: PortalUser = { id: 'vera', role: 'AWE_VIEWER' };

/** A whole service with the built portal, and a browser in front of it. */
export type PortalStand = {
  stand: Stand;
  url: string;
  /** A page of a browser without any memory, signed in as `user`, at `path`. */
  open: (user: PortalUser | null, path?: string) => Promise<Page>;
  /** Throws for every console error, page error and foreign request so far; `expected` takes out what was provoked. */
  complaints: Complaints;
  close: () => Promise<void>;
};

const WAIT_MS = 15_000;

/** Builds the portal unless that was done from the same sources. `options` as for `openStand`; `hosts` may be asked too. */
export async function openPortalStand(
  options: { env?: Record<string, string>; hosts?: readonly string[] } = {},
): Promise<PortalStand> {
  const state = await openPortal(createLog('test', process.env.LOG_LEVEL ?? 'error'), 'test').settled;
  if (state !== 'built') throw new Error(`The portal is ${state}; its build says why, above.`);
  const stand = await openStand(options.env ? { env: options.env } : {});
  const url = stand.services[0]?.url ?? '';
  let browser: Browser | null = null;
  const watched: Complaints[] = [];
  return {
    stand,
    url,
    open: async (user, path = '/') => {
      // Without a sandbox, because these tests may run as root in a container, and open nothing but our own pages.
      browser ??= await chromium.launch({ executablePath: await chromiumPath(), args: ['--no-sandbox'] });
      const context = await browser.newContext({
        viewport: { width: 1360, height: 860 },
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(WAIT_MS);
      // A page that is left open goes on asking the service and drawing, beside the tests that follow.
      onTestFinished(() => context.close());
      watched.push(await watch(context, [new URL(url).host, ...(options.hosts ?? [])]));
      if (user) await context.addInitScript({ content: remembered(user) });
      const page = await context.newPage();
      await page.goto(`${url}${path}`);
      return page;
    },
    complaints: {
      none: (expected) => {
        for (const each of watched) each.none(expected);
      },
    },
    close: async () => {
      await browser?.close();
      await stand.close();
    },
  };
}

/** Runs in the page, before its own scripts: as if somebody had chosen this user, unless the page has changed it since. */
function remembered({ id, role = 'none' }: PortalUser): string {
  const user = JSON.stringify(JSON.stringify({ id, role }));
  // Browsers open an empty page first, which has no memory.
  return `if (location.origin !== 'null' && sessionStorage.getItem('awe.test.user') === null) {
    sessionStorage.setItem('awe.test.user', 'set');
    sessionStorage.setItem('awe.development.user', ${user});
  }`;
}
