/** From a moment on, up to but without another; ISO 8601. */
export type Span = { since: string; until: string };

/** A span cut into `count` of about the same length, in order, without gap or overlap. Fewer when it has fewer milliseconds. */
export function slicesOf({ since, until }: Span, count: number): Span[] {
  const start = Date.parse(since);
  const length = Date.parse(until) - start;
  const pieces = Math.min(count, Math.max(1, length));
  const cut = (at: number) =>
    at === 0
      ? since
      : at === pieces
        ? until
        : new Date(start + Math.floor((length * at) / pieces)).toISOString();
  return Array.from({ length: pieces }, (_, at) => ({ since: cut(at), until: cut(at + 1) }));
}
