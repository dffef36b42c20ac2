const MASK = '***';

/**
 * What secrets look like, whichever way they come into a line: bearer and basic credentials, tokens (a JSON header in
 * base64url, a dot, a payload), callback secrets, passwords in URLs, and form fields that carry one.
 */
const SECRETS: readonly { looks: RegExp; shown: string }[] = [
  { looks: /\b([Bb]earer|[Bb]asic) +(?=[\w~+/-]*[\d.=A-Z])[\w.~+/=-]{8,}/g, shown: `$1 ${MASK}` },
  { looks: /\beyJ[\w-]+\.[\w-]*(\.[\w-]*)?/g, shown: MASK },
  { looks: /\bwhsec_[\w+/=-]+/g, shown: `whsec_${MASK}` },
  { looks: /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'\\]*):[^\s/@"'\\]*@/gi, shown: `$1:${MASK}@` },
  { looks: /\b(client_secret|password|access_token|refresh_token)=[^&\s"'\\]+/gi, shown: `$1=${MASK}` },
];
/** One look that tells for almost every line that there is nothing to mask. */
const SUSPICIOUS = /bearer |basic |eyJ|whsec_|:\/\/[^/\s"]*@|(secret|password|token)=/i;

/**
 * A line of the log without secrets. The last net, not the only one: nothing here is supposed to log any. Still JSON
 * when it was JSON, because no pattern reaches past a quotation mark.
 */
export function withoutSecrets(line: string): string {
  if (!SUSPICIOUS.test(line)) return line;
  return SECRETS.reduce((text, { looks, shown }) => text.replace(looks, shown), line);
}
