import type { Page } from './reading/page.ts';

/** The half of the pages, by the time they take, that is played beside the other half. */
export function isAboutPolicies({ path }: Page): boolean {
  return /^(docs\/how-to\/(patterns|policies-in-git)|examples\/policies\/|packages\/cli\/)/.test(path);
}
