const PARTS = /^([^:]+:\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/;

/** The URL of another database of the same server. */
export function urlOfDatabase(url: string, name: string): string {
  const parts = PARTS.exec(url);
  if (parts === null) throw new Error('DATABASE_URL is not of the form postgres://host/database.');
  return `${parts[1]}/${name}${parts[2] ?? ''}`;
}
