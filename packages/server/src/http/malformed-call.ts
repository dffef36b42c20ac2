import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorEnvelope } from '@awe/contract/envelope';
import type { HttpServices } from './services.ts';

/** Node's own errors for what cannot be read as HTTP; everything else is a plain 400. */
const ANSWERS: Readonly<Record<string, { status: number; message: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The headers are too large. Send fewer or shorter ones.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, message: 'The chunk extensions are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The call did not arrive in time. Send it again.' },
};

/**
 * Answers what never became a call, because it is not HTTP, too large in the headers, or too slow. There is no request
 * object yet, so the answer is written to the socket, and the connection ends.
 */
export function answerMalformedCall(
  services: Pick<HttpServices, 'clock' | 'responder' | 'log'>,
  headers: Readonly<Record<string, string>>,
) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { clock, responder } = services;
    const { status, message } = ANSWERS[error.code ?? ''] ?? {
      status: 400,
      message: 'This is not a well-formed HTTP/1.1 call. Check its request line, headers and body length.',
    };
    const id = clock.newId();
    services.log.info({ reqId: id, code: error.code, status }, 'a connection sent no readable call');
    const body = JSON.stringify(errorEnvelope('AWE-012', message, clock.now(), responder));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `X-Request-Id: ${id}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  };
}
