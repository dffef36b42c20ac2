import type { Answered } from './attempt.ts';
import type { AnyInput } from './input.ts';

/** Every row of a search, over all its pages; the next page is asked for when the one before is used up. */
export type Pages<Row> = AsyncIterable<Row> & {
  /** The same, a page at a time. */
  byPage: () => AsyncIterable<readonly Row[]>;
};

/** `ask` calls the operation for one page. Each loop over the pages asks anew, from the first one on. */
export function pagesOf(ask: (input: AnyInput) => Promise<Answered>, input: AnyInput): Pages<unknown> {
  async function* byPage() {
    let next: AnyInput | null = input;
    while (next !== null) {
      const { data, response } = await ask(next);
      yield data as readonly unknown[];
      const cursor = nextCursor(response.headers.get('link'));
      next = cursor === null ? null : { ...input, query: { ...input.query, cursor } };
    }
  }
  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page;
    },
  };
}

/** The cursor in the `rel="next"` of an RFC 8288 header; null on the last page. */
export function nextCursor(link: string | null): string | null {
  const target = link?.match(/<([^>]*)>\s*;[^,]*\brel="?next\b/)?.[1];
  // The link is relative; only its search counts.
  return target === undefined ? null : new URL(target, 'http://page').searchParams.get('cursor');
}
