import type { Code } from 'mdast';

/**
 * A fenced block. What it is stands behind its opening fence: the language, and then words and `name=value`, which are
 * not shown where Markdown is. All of them: `docs/test/README.md`.
 */
export type Block = {
  page: string;
  /** Of the opening fence. */
  line: number;
  language: string;
  marks: ReadonlyMap<string, string>;
  text: string;
};

export function blockFrom(page: string, node: Code): Block {
  const words = (node.meta ?? '').split(/\s+/).filter((word) => word !== '');
  const marks = new Map(
    words.map((word) => {
      const [name = '', ...value] = word.split('=');
      return [name, value.join('=')];
    }),
  );
  return {
    page,
    line: node.position?.start.line ?? 0,
    language: node.lang ?? '',
    marks,
    text: node.value,
  };
}

/** How a failure names a block. */
export function placeOf(block: Block): string {
  return `${block.page}:${block.line}`;
}
