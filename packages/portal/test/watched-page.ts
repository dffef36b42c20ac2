import type { BrowserContext, Page } from 'playwright-core';

/** What went wrong in a browser without anybody looking. */
export type Complaints = {
  /** Throws when something was noted since the last time; `expected` takes out what a test provoked. */
  none: (expected?: RegExp) => void;
};

/** Notes errors of pages and their consoles, and every request to a host that is not in `hosts`, which is stopped. */
export async function watch(context: BrowserContext, hosts: readonly string[]): Promise<Complaints> {
  const noted: string[] = [];
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && !hosts.includes(url.host),
    (route) => {
      noted.push(`a request to a foreign host: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('page', (page: Page) => {
    page.on('pageerror', (error) => noted.push(`an error of the page: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        noted.push(`the console: ${message.text()} (${message.location().url})`);
      }
    });
  });
  return {
    none: (expected) => {
      const unexpected = noted.splice(0).filter((each) => !expected?.test(each));
      if (unexpected.length > 0) throw new Error(unexpected.join('\n'));
    },
  };
}
