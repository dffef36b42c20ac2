import type { Answer } from '@awe/engine/people';
import type { JsonObject } from '@awe/engine/policy';
import { userIdFault } from '@awe/engine/user-id';
import { currentCall } from '../correlation.ts';
import { OutboundFailure } from '../outbound/failure.ts';
import type { Outbound, OutboundAnswer } from '../outbound/outbound.ts';

const MAX_USERS = 10_000;

/**
 * Asks a caller's resolver: POST `{"context": …}` to the rule's `url`, which answers 2xx `{"user_ids": […]}`. Whatever
 * else happens is a failure whose reason names the host (never path or query) and what was wrong.
 */
export async function askResolver(
  outbound: Outbound,
  timeoutMs: number,
  { url }: JsonObject,
  context: JsonObject,
  signal?: AbortSignal,
): Promise<Answer> {
  if (typeof url !== 'string')
    return { ok: false, reason: 'the http rule has no url: write {"url": "https://…"}' };
  try {
    const answer = await outbound.post({
      url,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...correlation() },
      body: JSON.stringify({ context }),
      timeoutMs,
      ...(signal ? { signal } : {}),
    });
    const users = usersIn(answer);
    return typeof users === 'string'
      ? { ok: false, reason: `resolver ${new URL(url).host} ${users}` }
      : { ok: true, users };
  } catch (error) {
    if (error instanceof OutboundFailure)
      return { ok: false, reason: `resolver cannot be asked: ${error.message}` };
    throw error;
  }
}

/** The id of the call that asks, by which the resolver's log and ours can be laid side by side; none while the time acts. */
function correlation(): Record<string, string> {
  const id = currentCall();
  return id === null ? {} : { 'x-request-id': id };
}

/** The user ids, or what is wrong with the answer. */
function usersIn({ status, body, truncated }: OutboundAnswer): string[] | string {
  if (status >= 300 && status < 400) return `answered ${status}: redirects are not followed`;
  if (status < 200 || status > 299) return `answered ${status}`;
  if (truncated) return `answered with more than ${body.length} bytes (outbound.max_response_bytes)`;
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return 'answered with something that is not JSON';
  }
  const ids =
    typeof answer === 'object' && answer !== null && 'user_ids' in answer ? answer.user_ids : undefined;
  if (!Array.isArray(ids)) return 'answered without a "user_ids" list: it must answer {"user_ids": ["…"]}';
  if (ids.length > MAX_USERS) return `named ${ids.length} users; ${MAX_USERS} is the most`;
  for (const [index, id] of ids.entries()) {
    const fault = userIdFault(id);
    if (fault) return `answered with a bad id: user_ids[${index}] ${fault}`;
  }
  return ids;
}
