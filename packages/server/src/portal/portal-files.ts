import { join } from 'node:path';

/** Where the packages lie side by side: in a checkout as in an installation. */
const PACKAGES = join(import.meta.dirname, '../../..');

export const PORTAL_PACKAGE = join(PACKAGES, 'portal');
/** The built portal: `index.html` and `assets/`, whose names change with their content. */
export const PORTAL_DIST = join(PORTAL_PACKAGE, 'dist');
/** Within the built portal: the `sourceHash` of what it was built from. */
export const BUILT_FROM = 'built-from.txt';
/** Builds the portal; it says how it is called. */
export const BUILD_PROGRAM = join(PORTAL_PACKAGE, 'build/build.ts');

/** All that ends up in the built portal, or decides how it is built. */
export const PORTAL_SOURCES: readonly string[] = [
  join(PORTAL_PACKAGE, 'src'),
  join(PORTAL_PACKAGE, 'build'),
  join(PORTAL_PACKAGE, 'index.html'),
  join(PORTAL_PACKAGE, 'vite.config.ts'),
  join(PACKAGES, 'contract/src'),
  join(PACKAGES, 'engine/src'),
  join(PACKAGES, 'wording/src'),
  join(PACKAGES, '../package-lock.json'),
];
