import { isIP } from 'node:net';
import { addressFault, type Reach } from './address.ts';
import { OutboundFailure } from './failure.ts';
import { canonicalHost, hostMatcher } from './host-list.ts';

export type TargetRules = { reach: Reach; allowHosts: readonly string[]; denyHosts: readonly string[] };

const MAX_URL_LENGTH = 2048;
/** Where clouds answer with credentials, whatever address these names have today. */
const METADATA_NAMES = hostMatcher([
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'instance-data.ec2.internal',
]);

/**
 * Judges URLs by what can be known without asking DNS. The returned function gives the parsed URL.
 * @throws OutboundFailure `refused_url` or `refused_address` (from the returned function)
 */
export function targetJudge({ reach, allowHosts, denyHosts }: TargetRules): (text: string) => URL {
  const isAllowed = hostMatcher(allowHosts);
  const isDenied = hostMatcher(denyHosts);
  return (text) => {
    if (text.length > MAX_URL_LENGTH) throw refusedUrl(`the URL is longer than ${MAX_URL_LENGTH} characters`);
    const url = URL.parse(text);
    if (!url) throw refusedUrl('the URL cannot be read; write one such as https://service.example.org/path');
    if (!/^https?:$/.test(url.protocol))
      throw refusedUrl(`the URL begins with ${url.protocol}, not https:// or http://`);
    if (url.username !== '' || url.password !== '')
      throw refusedUrl('the URL carries credentials; take them out');
    if (url.port === '0') throw refusedUrl('the URL names port 0, where nobody can listen');
    const host = canonicalHost(url.hostname);
    if (host === null) throw refusedUrl(`the host ${url.hostname} cannot be read`);
    if (isDenied(host)) throw refusedUrl(`the host ${host} is on outbound.deny_hosts`);
    if (allowHosts.length > 0 && !isAllowed(host))
      throw refusedUrl(`the host ${host} is not on outbound.allow_hosts`);
    const fault = isIP(host) ? addressFault(host, reach) : nameFault(host, reach);
    if (fault) throw new OutboundFailure('refused_address', `${host} is ${fault} and is not called`);
    return url;
  };
}

/** RFC 6761: `localhost` and everything below it is this machine, whatever DNS says. */
function nameFault(host: string, reach: Reach): string | null {
  if (METADATA_NAMES(host)) return 'a cloud metadata service';
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  return isLocal && !reach.loopback ? 'this machine itself' : null;
}

function refusedUrl(message: string): OutboundFailure {
  return new OutboundFailure('refused_url', message);
}
