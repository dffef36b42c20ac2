import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../packages/server/test/safety/source-files.ts';
import { type Link, type Page, readPages } from './reading/page.ts';

const pages = readPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

describe('a link of a document', () => {
  it.each(pages)('leads somewhere: $path', (page) => {
    const dead = page.links.filter((link) => leadsNowhere(page, link));
    expect(dead.map(({ line, address }) => `${page.path}:${line} ${address}`)).toEqual([]);
  });
});

describe('a page of docs/', () => {
  it('is reached from README.md', () => {
    const reached = new Set<string>();
    const waiting = ['README.md'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const page = byPath.get(path);
      if (page === undefined || reached.has(path)) continue;
      reached.add(path);
      waiting.push(...page.links.flatMap((link) => pagesBehind(page, link)));
    }
    const unreached = pages
      .map(({ path }) => path)
      .filter((path) => path.startsWith('docs/') && !reached.has(path));
    expect(unreached).toEqual([]);
  });
});

/** The file or folder and the anchor that a link names, or null when it leads out of the repository. */
function target(page: Page, { address }: Link): { path: string; anchor: string } | null {
  if (/^[a-z][a-z+.-]*:/i.test(address)) return null;
  const [file = '', anchor = ''] = address.split('#');
  const path = file === '' ? page.path : relative(ROOT, join(ROOT, dirname(page.path), decodeURI(file)));
  return { path, anchor };
}

function leadsNowhere(page: Page, link: Link): boolean {
  const to = target(page, link);
  if (to === null) return false;
  if (to.path.startsWith('..') || !existsSync(join(ROOT, to.path))) return true;
  return to.anchor !== '' && !byPath.get(to.path)?.anchors.has(to.anchor);
}

/** A folder shows its pages. */
function pagesBehind(page: Page, link: Link): string[] {
  const path = target(page, link)?.path;
  if (path === undefined || !existsSync(join(ROOT, path))) return [];
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return [...byPath.keys()].filter((each) => dirname(each) === path);
}
