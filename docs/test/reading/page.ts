import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { ROOT } from '../../../packages/server/test/safety/source-files.ts';
import { type Block, blockFrom } from './block.ts';

/** A Markdown file of the repository, read once. `path` is from the root, with `/`. */
export type Page = {
  path: string;
  text: string;
  blocks: Block[];
  anchors: ReadonlySet<string>;
  links: Link[];
};

/** Where a page sends its reader: the address as it is written. */
export type Link = { line: number; address: string };

/** Every Markdown file of the repository. */
export function readPages(): Page[] {
  return globSync('**/*.md', { cwd: ROOT, exclude: (name) => UNREAD.has(name) })
    .filter((path) => !path.startsWith('.'))
    .sort()
    .map((path) => readPage(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** What belongs to others, and what programs write. */
const UNREAD = new Set(['node_modules', 'dist', '.awe', '.git']);

export function readPage(path: string, text: string): Page {
  const tree = fromMarkdown(text);
  const blocks: Block[] = [];
  visit(tree, 'code', (node) => {
    blocks.push(blockFrom(path, node));
  });
  return { path, text, blocks, anchors: anchorsOf(tree), links: linksOf(tree) };
}

/** The anchors that the headings get where Markdown is shown: a repeated one is numbered. */
function anchorsOf(tree: Root): Set<string> {
  const anchors = new Set<string>();
  visit(tree, 'heading', (node) => {
    const plain = textOf(node)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = plain;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${plain}-${n}`;
    anchors.add(anchor);
  });
  visit(tree, 'html', (node) => {
    for (const [, id = ''] of node.value.matchAll(/\sid="([^"]+)"/g)) anchors.add(id);
  });
  return anchors;
}

function linksOf(tree: Root): Link[] {
  const links: Link[] = [];
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      links.push({ line, address: node.url });
    if (node.type === 'html') {
      for (const [, address = ''] of node.value.matchAll(/\s(?:href|src|srcset)="([^"]+)"/g))
        links.push({ line, address });
    }
  });
  return links;
}

/** Everything in code style outside blocks, with the line it stands on. */
export function namesIn(page: Page): { line: number; name: string }[] {
  const names: { line: number; name: string }[] = [];
  visit(fromMarkdown(page.text), 'inlineCode', (node) => {
    names.push({ line: node.position?.start.line ?? 0, name: node.value });
  });
  return names;
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
