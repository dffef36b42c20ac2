import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CallFault } from './call-fault.ts';

/** Counts a call of whoever `request.caller` is, or of its address while that is nobody. */
export type CallBudget = {
  /** @throws CallFault `rate_limited` */
  spend: (request: FastifyRequest) => Promise<void>;
};

declare module 'fastify' {
  interface FastifyInstance {
    /** Null when calls are not counted. */
    callBudget: CallBudget | null;
  }
  interface FastifyRequest {
    /** What the answer says of the caller's budget. */
    budgetHeaders: Readonly<Record<string, string>> | null;
  }
}

const MINUTE_MS = 60_000;
/** Callers remembered at once; the one heard of longest ago is forgotten first. */
const CALLERS = 20_000;

/**
 * Counts calls by caller in windows of a minute, in this process alone: N replicas let through up to N times as many.
 * Nothing is registered, and nothing costs, when `perMinute` is 0.
 */
export function limitRate(app: FastifyInstance, perMinute: number): void {
  app.decorate('callBudget', null);
  app.decorateRequest('budgetHeaders', null);
  if (perMinute === 0) return;
  app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: MINUTE_MS,
    cache: CALLERS,
    keyGenerator: ({ caller, ip }) => (caller ? `subject ${caller.subject}` : `address ${normalizeIP(ip)}`),
  });
  app.after(() => {
    app.callBudget = budget(app.createRateLimit());
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.budgetHeaders) reply.headers(request.budgetHeaders);
  });
}

function budget(count: ReturnType<FastifyInstance['createRateLimit']>): CallBudget {
  return {
    async spend(request) {
      const counted = await count(request);
      // Only an allow list would let anybody through uncounted, and there is none.
      if (counted.isAllowed) return;
      const seconds = String(counted.ttlInSeconds);
      request.budgetHeaders = {
        'ratelimit-limit': String(counted.max),
        'ratelimit-remaining': String(counted.remaining),
        'ratelimit-reset': seconds,
        ...(counted.isExceeded && { 'retry-after': seconds }),
      };
      if (!counted.isExceeded) return;
      throw new CallFault(
        'rate_limited',
        `More than ${counted.max} calls in a minute (server.rate_limit_per_minute). Nothing was done for this one: try again in ${seconds} s, and slow down.`,
      );
    },
  };
}
