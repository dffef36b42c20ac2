import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, fault, realmAnswers } from './keycloak-answers.ts';
import type { RealmJson } from './sample-realm.ts';

/** What a test may have the double do instead of answering; null: answer as usual. */
export type Misbehaviour = (
  path: string,
  answer: Answer,
  response: ServerResponse,
) => Answer | 'taken over' | null;

export type KeycloakDouble = {
  url: string;
  /** Method and path with query of every call, in order. */
  calls: string[];
  /** The most calls that were under way at once. */
  crowd: () => number;
  tokenLifeSeconds: number;
  misbehaviour: Misbehaviour;
  /** No token that was issued until now is accepted any more. */
  withdrawTokens: () => void;
  stop: () => Promise<void>;
};

/**
 * A real HTTP server that speaks the part of Keycloak's API that the directory uses, as Keycloak 26.7 speaks it: paths,
 * paging, permissions, errors. The same cases are run against it and against Keycloak itself.
 */
export async function startKeycloakDouble(realm: RealmJson): Promise<KeycloakDouble> {
  const answers = realmAnswers(realm);
  /** Token to the client it was issued for. */
  const tokens = new Map<string, string>();
  let underWay = 0;
  let crowd = 0;
  let issued = 0;

  const server = createServer(async (request, response) => {
    underWay += 1;
    crowd = Math.max(crowd, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    const target = request.url ?? '';
    double.calls.push(`${request.method} ${target}`);
    const body = await textOf(request);
    const usual = answerTo(request, target, body);
    const answer = double.misbehaviour(target, usual, response) ?? usual;
    if (answer === 'taken over') return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });

  function answerTo({ method, headers }: IncomingMessage, target: string, body: string): Answer {
    const url = new URL(target, 'http://double');
    const token = /^\/realms\/([^/]+)\/protocol\/openid-connect\/token$/.exec(url.pathname);
    if (token && method === 'POST') return issue(token[1] ?? '', headers.authorization, body);
    const [, name, rest] = /^\/admin\/realms\/([^/]+)(\/.*?)\/?$/.exec(url.pathname) ?? [];
    if (method !== 'GET' || rest === undefined) return fault(404, 'HTTP 404 Not Found');
    const client = tokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (client === undefined) return fault(401, 'HTTP 401 Unauthorized');
    if (decodeURIComponent(name ?? '') !== realm.realm) return fault(404, 'Realm not found.');
    return answers(client, rest.split('/').slice(1).map(decodeURIComponent), url.searchParams);
  }

  function issue(name: string, authorization: string | undefined, body: string): Answer {
    if (decodeURIComponent(name) !== realm.realm) return fault(404, 'Realm does not exist');
    const basic = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    const [id, secret] = basic.split(':').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    const client = realm.clients.find(({ clientId }) => clientId === id);
    const refused = 'Invalid client or Invalid client credentials';
    if (!client) return fault(401, 'invalid_client', refused);
    if (client.secret !== secret) return fault(401, 'unauthorized_client', refused);
    if (new URLSearchParams(body).get('grant_type') !== 'client_credentials')
      return fault(400, 'unsupported_grant_type', 'Unsupported grant_type');
    issued += 1;
    const access_token = `token-${issued}`;
    tokens.set(access_token, client.clientId);
    return { status: 200, body: { access_token, expires_in: double.tokenLifeSeconds, token_type: 'Bearer' } };
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const double: KeycloakDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    crowd: () => crowd,
    tokenLifeSeconds: 300,
    misbehaviour: () => null,
    withdrawTokens: () => tokens.clear(),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return double;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
