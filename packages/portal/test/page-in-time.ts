import type { Page } from 'playwright-core';
import type { PortalStand, PortalUser } from './portal-stand.ts';

/** A page whose time is that of the played clock, where it stays; its timers run all the same. */
export async function openInTime(portal: PortalStand, user: PortalUser, path: string): Promise<Page> {
  const page = await portal.open(user, path);
  await page.clock.setFixedTime(portal.stand.clock.now());
  await page.reload();
  return page;
}
