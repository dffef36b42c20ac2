import { ANSWER_POLICY } from './content-policy.ts';

/**
 * The headers that every answer carries, also those that never became a call; pages and static files put better ones in
 * the place of some. Constants rather than a plugin, so that they cost a call next to nothing. `hstsSeconds` of 0 says
 * nothing of TLS: that belongs to whoever terminates it, and holds for every port of the host.
 */
export function answerHeaders({ hstsSeconds }: { hstsSeconds: number }): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': ANSWER_POLICY,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(hstsSeconds > 0 && { 'strict-transport-security': `max-age=${hstsSeconds}` }),
  };
}
