import type { Answer, Lookup } from '@awe/engine/people';
import type { JsonObject } from '@awe/engine/policy';
import type { Outbound } from '../outbound/outbound.ts';
import { askResolver } from './http-resolver.ts';

/** One place where people are known: answers one kind of rule. Failures are answers too. */
export type Source = (ruleValue: JsonObject, context: JsonObject, signal?: AbortSignal) => Promise<Answer>;

export type Directory = {
  /** Who a rule means, for a request with this context. Never rejects: what went wrong is the answer's `reason`. */
  lookUp(lookup: Lookup, context: JsonObject, signal?: AbortSignal): Promise<Answer>;
};

export type DirectoryOptions = {
  outbound: Outbound;
  /** For one answer of a caller's resolver; milliseconds. */
  httpTimeoutMs: number;
  /** Knows roles and groups. */
  keycloak: { role: Source; group: Source };
};

export function createDirectory({ outbound, httpTimeoutMs, keycloak }: DirectoryOptions): Directory {
  const sources: Record<Lookup['rule_type'], Source> = {
    ...keycloak,
    http: (ruleValue, context, signal) => askResolver(outbound, httpTimeoutMs, ruleValue, context, signal),
  };
  return {
    async lookUp(lookup, context, signal) {
      try {
        return await sources[lookup.rule_type](lookup.rule_value, context, signal);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { ok: false, reason: `the ${lookup.rule_type} lookup failed: ${detail}` };
      }
    },
  };
}
