import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

/** A call as it goes over the wire. */
export type Wire = {
  method: string;
  /** Path and query, as they are sent. */
  path: string;
  headers: readonly (readonly [string, string])[];
  body: Buffer | null;
};

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
/** Why there was none: the connection broke, or the deadline passed. */
export type Lost = { lost: string };

export type Sender = {
  send: (wire: Wire) => Promise<Answer | Lost>;
  /** Everything that came back before the server closed; after `patienceMs` nothing more is sent, and it knows. */
  sendBytes: (bytes: Buffer, patienceMs: number) => Promise<string | Lost>;
  close: () => void;
};

/** Sends to a service; no answer within `deadlineMs` is a lost call. */
export function createSender(url: string, deadlineMs: number): Sender {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const overdue: Lost = { lost: `no answer within ${deadlineMs} ms` };

  const send: Sender['send'] = ({ method, path, headers, body }) =>
    new Promise((resolve) => {
      const call = request({ hostname, port, agent, method, path, joinDuplicateHeaders: false });
      const timer = setTimeout(() => {
        resolve(overdue);
        call.destroy();
      }, deadlineMs);
      const done = (answer: Answer | Lost) => {
        clearTimeout(timer);
        resolve(answer);
      };
      for (const [name, value] of headers) call.setHeader(name, Buffer.from(value).toString('latin1'));
      if (body) call.setHeader('Content-Length', body.length);
      call.on('error', (error) => done({ lost: error.message }));
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => done({ lost: error.message }));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          done({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      call.end(body ?? undefined);
    });

  const sendBytes: Sender['sendBytes'] = async (bytes, patienceMs) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = '';
    let late = false;
    // What the server throws away unread may come back as a reset: then what it said before counts.
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => socket.end());
    const timer = setTimeout(() => {
      late = true;
      socket.destroy();
    }, deadlineMs);
    const closed = once(socket, 'close');
    socket.write(bytes);
    const hangUp = setTimeout(() => socket.end(), patienceMs);
    await closed;
    clearTimeout(hangUp);
    clearTimeout(timer);
    return late ? overdue : Buffer.from(text, 'latin1').toString('utf8');
  };

  return { send, sendBytes, close: () => agent.destroy() };
}
