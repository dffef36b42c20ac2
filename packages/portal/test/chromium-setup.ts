import { chromiumPath } from './chromium.ts';

/** Once for the whole run: two test files that unpack the browser at the same moment would start half of one. */
export async function setup(): Promise<void> {
  await chromiumPath().catch(() => undefined);
}
