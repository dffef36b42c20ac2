import type { FetchImplementation } from 'jose';
import { Counter, type Registry } from 'prom-client';
import { IdentityFailure } from '../identity/failure.ts';
import type { Identity } from '../identity/identity.ts';

export type IdentityMetrics = {
  /** Counts the tokens that were looked at. */
  identity: (identity: Identity) => Identity;
  /** Counts the requests for the issuer's keys. */
  keys: (fetch: FetchImplementation) => FetchImplementation;
};

export function identityMetrics(registry: Registry): IdentityMetrics {
  const registers = [registry];
  const verifications = new Counter({
    name: 'awe_token_verifications_total',
    help: 'Tokens looked at, by result: accepted, unauthenticated, keys_unavailable, failed',
    labelNames: ['result'],
    registers,
  });
  // There before it happens: see ALERTED in call-metrics.
  verifications.inc({ result: 'keys_unavailable' }, 0);
  const fetches = new Counter({
    name: 'awe_signing_key_fetches_total',
    help: 'Requests for the signing keys of the issuer, by result: fetched or failed',
    labelNames: ['result'],
    registers,
  });
  return {
    identity: ({ identify }) => ({
      identify: async (header) => {
        let result = 'failed';
        try {
          const principal = await identify(header);
          result = 'accepted';
          return principal;
        } catch (error) {
          if (error instanceof IdentityFailure) result = error.kind;
          throw error;
        } finally {
          verifications.inc({ result });
        }
      },
    }),
    keys: (fetch) => async (url, options) => {
      let result = 'failed';
      try {
        const response = await fetch(url, options);
        if (response.status === 200) result = 'fetched';
        return response;
      } finally {
        fetches.inc({ result });
      }
    },
  };
}
