import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Puts a small script before everything else, so that a page never shows in the wrong colours first. A file, because the
 * page's policy lets no inline script run.
 */
export function colorSchemeFirst(): Plugin {
  let reference = '';
  return {
    name: 'awe-color-scheme-first',
    apply: 'build',
    buildStart() {
      const source = readFileSync(join(import.meta.dirname, 'color-scheme.js'), 'utf8');
      reference = this.emitFile({ type: 'asset', name: 'color-scheme.js', source });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const file = Object.values(bundle ?? {}).find(
          (each) => each.type === 'asset' && each.names.includes('color-scheme.js'),
        );
        if (!file) throw new Error(`the build lost ${reference}`);
        return [{ tag: 'script', attrs: { src: `/${file.fileName}` }, injectTo: 'head-prepend' }];
      },
    },
  };
}
