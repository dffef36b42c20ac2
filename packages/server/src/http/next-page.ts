/** RFC 8288: leads to the next page of the same search. `query` is the search as it was understood. */
export function nextPageLink(path: string, query: Readonly<Record<string, unknown>>, cursor: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name !== 'cursor' && value !== null && value !== undefined) search.set(name, String(value));
  }
  search.set('cursor', cursor);
  return `<${path}?${search}>; rel="next"`;
}
