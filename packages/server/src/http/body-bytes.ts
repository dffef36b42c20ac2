import type { Readable } from 'node:stream';
import { CallFault, ShapeFault } from './call-fault.ts';

/** A client that is still sending does not read: what comes after the limit is thrown away, up to this many bytes. */
const MOST_THROWN_AWAY = 16_777_216;

/**
 * The bytes of a body.
 * @throws CallFault `body_too_large` beyond `limit` bytes; ShapeFault when the client stopped in the middle
 */
export function bodyBytes(payload: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;

    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limit + MOST_THROWN_AWAY) onEnd();
    };
    const onEnd = () => {
      payload.off('data', onData).off('end', onEnd);
      if (length <= limit) resolve(Buffer.concat(chunks, length));
      else reject(new CallFault('body_too_large', `The body is larger than ${limit} bytes. Send less.`));
    };
    const onBreak = () => {
      reject(
        new ShapeFault([
          { loc: ['body'], msg: 'The connection ended in the middle of the body', type: 'body_incomplete' },
        ]),
      );
    };
    // The last two stay: a connection may break at any time, and then nobody waits for the answer any more.
    payload.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak);
  });
}
