import { errors, type JWTPayload, jwtVerify } from 'jose';
import { unauthenticated } from './failure.ts';
import type { Claims } from './principal.ts';
import type { GetKey } from './signing-keys.ts';
import { inWords } from './unsigned-token.ts';

export type TokenRules = {
  issuers: readonly string[];
  /** Null accepts a token for anybody. */
  audience: string | null;
  leewaySeconds: number;
};

/** Public-key signatures only: with HS* whoever knows the public key could sign, and `none` is no signature. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512'],
  ...['PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'Ed25519'],
];

/** Keycloak signs these with the same keys, for other readers: a client that learns who signed in, or Keycloak itself. */
const NOT_FOR_CALLS = new Set<unknown>(['ID', 'Refresh', 'Offline', 'Logout']);

/**
 * Verifies a token; `exp` is required, so that none is believed for ever. Keys come from the issuer alone, whatever the
 * header brings along.
 * @throws IdentityFailure `unauthenticated`, or what `getKey` throws
 */
export async function verifyToken(
  token: string,
  getKey: GetKey,
  rules: TokenRules,
  now: Date,
): Promise<Claims & { exp: number }> {
  try {
    const { payload } = await jwtVerify<{ exp: number }>(token, getKey, {
      algorithms: ALGORITHMS,
      issuer: [...rules.issuers],
      clockTolerance: rules.leewaySeconds,
      currentDate: now,
      requiredClaims: ['exp'],
      ...(rules.audience === null ? {} : { audience: rules.audience }),
    });
    refuseOddities(payload, rules, now);
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw unauthenticated(explain(error, rules), error);
    throw error;
  }
}

/** What jose does not judge. */
function refuseOddities({ iat, typ }: JWTPayload, { leewaySeconds }: TokenRules, now: Date): void {
  if (iat !== undefined && iat > now.getTime() / 1000 + leewaySeconds) {
    throw unauthenticated(
      `the token was issued in the future, at ${inWords(iat)}; compare the clocks here and at the issuer`,
    );
  }
  if (NOT_FOR_CALLS.has(typ)) {
    throw unauthenticated(`the token is of type ${typ}, which is not for calls; send the access token`);
  }
}

function explain(error: errors.JOSEError, { issuers, audience }: TokenRules): string {
  if (error instanceof errors.JWTExpired) {
    return `the token expired at ${inWords(Number(error.payload.exp))}; get a new one`;
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `the token has no "${error.claim}" claim`;
    if (error.claim === 'iss') return `the token's issuer is not ${issuers.join(' or ')}`;
    if (error.claim === 'aud') return `the token is not meant for the audience ${audience}`;
    if (error.claim === 'nbf') return `the token is not valid before ${inWords(Number(error.payload.nbf))}`;
    return `the token's "${error.claim}" claim is not acceptable`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `the token is not signed with one of ${ALGORITHMS.join(', ')}`;
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return "the token's signature is not the issuer's";
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'the token is signed with a key that the issuer does not publish';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'the token does not say which of the issuer\'s keys signed it ("kid")';
  if (error instanceof errors.JOSENotSupported)
    return 'the token\'s header demands an extension that is not known here ("crit")';
  return 'the token is not a signed JWT (header.payload.signature, each base64url)';
}
