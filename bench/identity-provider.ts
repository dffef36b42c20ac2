import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An issuer of real RS256 tokens, with its keys served over HTTP as Keycloak serves them. */
export type IdentityProvider = {
  issuer: string;
  jwksUrl: string;
  tokenFor: (sub: string, roles?: string[]) => Promise<string>;
  close: () => void;
};

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256' }] });
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(jwks);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/bench`;
  const tokens = new Map<string, Promise<string>>();
  const make = (sub: string, roles: string[]) =>
    new SignJWT({ realm_access: { roles } })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('2h')
      .sign(privateKey);
  return {
    issuer,
    jwksUrl: `${issuer}/certs`,
    tokenFor: (sub, roles = []) => {
      const key = JSON.stringify([sub, roles]);
      const token = tokens.get(key) ?? make(sub, roles);
      tokens.set(key, token);
      return token;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
