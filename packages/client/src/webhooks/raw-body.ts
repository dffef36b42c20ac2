import { BodyTaken, BodyTooLarge } from './receive.ts';

/** What is used of a request of `node:http`, and of those that Express makes of it. */
export type NodeRequest = {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly readableDidRead?: boolean;
  readonly destroyed?: boolean;
  /** Put there by a body parser. */
  readonly body?: unknown;
  /** The bytes beside what they were parsed into, as NestJS, cloud functions and `express.json({ verify })` keep them. */
  readonly rawBody?: unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  resume(): unknown;
};

const WIRING =
  'The body was read before the receiver got it, and its signature covers the bytes as they came. Put the receiver before ' +
  'the body parser, as in app.post("/approvals", receive.express) above app.use(express.json()), or give its route ' +
  'express.raw({ type: "*/*" }) alone, or let the parser keep the bytes as request.rawBody.';

/**
 * The bytes of a body, read now or by a parser that kept them.
 * @throws BodyTaken, BodyTooLarge
 */
export function nodeBody(request: NodeRequest, maxBytes: number): Promise<string | Uint8Array> {
  const kept = [request.rawBody, request.body].find(isRaw);
  if (kept !== undefined)
    return kept.length > maxBytes ? Promise.reject(tooLarge(maxBytes)) : Promise.resolve(kept);
  // Express 4 puts an object there before anything was read.
  if (request.readableDidRead ?? request.body !== undefined) return Promise.reject(new BodyTaken(WIRING));
  if (request.destroyed) return Promise.reject(brokenOff());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(maxBytes));
    });
    request.on('end', () => resolve(joined(chunks, length)));
    request.on('error', reject);
    request.on('close', () => reject(brokenOff()));
  });
}

function isRaw(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

function brokenOff(): Error {
  return new Error('The connection was closed before the body had come.');
}

/**
 * The bytes of a body of `fetch`.
 * @throws BodyTaken, BodyTooLarge
 */
export async function fetchBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) {
    throw new BodyTaken(
      'The body was read before the receiver got it, and its signature covers the bytes as they came. Give it to the ' +
        'receiver first, or read a request.clone().',
    );
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return joined(chunks, length);
    length += value.length;
    if (length > maxBytes) {
      reader?.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(maxBytes: number): BodyTooLarge {
  return new BodyTooLarge(`The body has more than ${maxBytes} bytes (maxBytes). Webhooks of AWE have fewer.`);
}
