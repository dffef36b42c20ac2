import type { Readable } from 'node:stream';
import { CallFault, ShapeFault } from './call-fault.ts';

/** A client that is still sending does not read: what comes after the limit is thrown away, up to this many bytes. */
const MOST_THROWN_AWAY = 16_777_216;

/**
 * The bytes of a body.
 * @throws CallFault `body_too_large` beyond `limit` bytes; ShapeFault when the client stopped in the middle
 */
export async function bodyBytes(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // The stream stays open when the loop is left: destroying it would cut the connection before the answer is out.
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit + MOST_THROWN_AWAY) break;
    }
  } catch {
    throw new ShapeFault([
      { loc: ['body'], msg: 'The connection ended in the middle of the body', type: 'body_incomplete' },
    ]);
  }
  if (length > limit) {
    throw new CallFault('body_too_large', `The body is larger than ${limit} bytes. Send less.`);
  }
  return Buffer.concat(chunks, length);
}
