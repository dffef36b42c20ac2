/** What is not a page loads nothing and is shown in no frame, should a browser ever take it for one. */
export const ANSWER_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * For a page whose scripts and styles are files of this server. Styles may also be inline, because the libraries that
 * draw the pages write them so; scripts never. `more` adds to the directives, or replaces those it names.
 */
export function pagePolicy(more: Readonly<Record<string, string>> = {}): string {
  const directives = {
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self' data:",
    'form-action': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    ...more,
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/**
 * For the portal’s page: as for every page, and it may speak to the identity provider, whose frame renews tokens silently.
 * `issuer` is null in development identity.
 */
export function portalPolicy(issuer: string | null): string {
  if (issuer === null) return pagePolicy();
  const { origin } = new URL(issuer);
  return pagePolicy({ 'connect-src': `'self' ${origin}`, 'frame-src': `'self' ${origin}` });
}
