import { type NodeRequest, nodeBody } from './raw-body.ts';
import type { Answerer, WebhookAnswer } from './receive.ts';

/** What is used of an answer of `node:http`. */
export type NodeResponse = {
  readonly headersSent?: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(text?: string): unknown;
};

export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Promise<void>;

export function nodeHandler(answer: Answerer, maxBytes: number): NodeHandler {
  return async (request, response) => {
    if (request.method !== 'POST') {
      request.resume();
      response.writeHead(405, { allow: 'POST' });
      response.end();
      return;
    }
    const { headers } = request;
    const answered = await answer(async () => ({ body: await nodeBody(request, maxBytes), headers }));
    // Somebody else answered meanwhile, a timeout of the server say.
    if (response.headersSent) return;
    response.writeHead(answered.status, headersOf(answered));
    response.end(JSON.stringify(answered.body));
  };
}

function headersOf({ status, retryAfter }: WebhookAnswer): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    // What is still to come of a body that is too large is not waited for.
    ...(status === 413 && { connection: 'close' }),
  };
}
