import type { Access } from '@awe/contract/operation';
import type { FastifyRequest } from 'fastify';
import { AweError } from '../awe-error.ts';
import { IdentityFailure } from '../identity/failure.ts';
import type { Principal } from '../identity/principal.ts';
import { type CallsInFlight, refuseExcess } from './calls-in-flight.ts';
import type { HttpServices } from './services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null where no token is needed. */
    caller: Principal | null;
  }
}

/**
 * Lets a call in before its body is read: the service is ready and not overrun, the token is good, its owner has not called
 * too often, and it carries the role that the operation asks for. Operations that need no token are open at any time.
 */
export function admission(
  services: Pick<HttpServices, 'ready' | 'identity' | 'limits'>,
  access: Access,
  calls: CallsInFlight,
) {
  return async (request: FastifyRequest): Promise<void> => {
    if (access === 'public') return;
    requireReady(services);
    refuseExcess(calls, services.limits.callsInFlight);
    const caller = await identify(services, request);
    if (access === 'admin' && !caller.isAdmin) {
      throw new AweError('forbidden', 'This needs the role AWE_ADMIN, which the token does not carry.');
    }
    if (access === 'viewer' && !caller.isViewer) {
      throw new AweError(
        'forbidden',
        'This needs the role AWE_VIEWER or AWE_ADMIN; the token carries neither.',
      );
    }
  };
}

/** Who calls, with the call taken off their budget; that of a call without a good token off its address's. */
async function identify(
  { identity }: Pick<HttpServices, 'identity'>,
  request: FastifyRequest,
): Promise<Principal> {
  const budget = request.server.callBudget;
  try {
    request.caller = await identity.identify(request.headers.authorization);
  } catch (error) {
    if (budget && error instanceof IdentityFailure && error.kind === 'unauthenticated')
      await budget.spend(request);
    throw error;
  }
  if (budget) await budget.spend(request);
  return request.caller;
}

/** @throws AweError `not_ready` */
export function requireReady({ ready }: Pick<HttpServices, 'ready'>): void {
  const state = ready();
  if (state === 'ready') return;
  const what = state === 'starting' ? 'is starting' : 'is shutting down';
  throw new AweError(
    'not_ready',
    `The service ${what}. Try again in a moment; repeat a create with the same Idempotency-Key.`,
  );
}
