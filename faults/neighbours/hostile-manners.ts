import type { Socket } from 'node:net';

/** What a hostile server does with a connection on which a whole call has arrived. */
export type Manner = (socket: Socket) => void;

/** Between two pieces of a dripping answer: several within any timeout, so that only a clock for the whole call ends it. */
const DRIP_MS = 15;
export const FLOOD_BYTES = 100 * 1024 * 1024;
const FLOOD_CHUNK = 'x'.repeat(65_536);

/** Where clouds hand out credentials. Nothing listens there in a test; what counts is that nobody tries. */
export const METADATA_ADDRESS = '169.254.169.254';

export const MANNERS = {
  'never-answers': () => {},
  'drips-its-head': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Drip: ');
    drip(socket, 'x');
  },
  'drips-its-body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
    drip(socket, 'x');
  },
  'hints-forever': (socket) => drip(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'),
  'floods-its-head': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Flood: ');
    flood(socket);
  },
  'floods-its-body': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${FLOOD_BYTES}\r\n\r\n`);
    flood(socket);
  },
  resets: (socket) => void socket.resetAndDestroy(),
  'resets-inside-its-head': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.resetAndDestroy());
  },
  'hangs-up': (socket) => void socket.end(),
  'speaks-ssh': (socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'invents-a-status': (socket) => void socket.end('HTTP/1.1 2000 Fine\r\nContent-Length: 0\r\n\r\n'),
  'switches-protocols': (socket) =>
    void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: rubbish\r\n\r\n'),
  'redirects-to-metadata': (socket) =>
    void socket.end(
      `HTTP/1.1 302 Found\r\nLocation: http://${METADATA_ADDRESS}/latest/meta-data/\r\nContent-Length: 0\r\n\r\n`,
    ),
} satisfies Record<string, Manner>;

export type MannerName = keyof typeof MANNERS;

function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), DRIP_MS);
  socket.on('close', () => clearInterval(timer));
}

/** As fast as the other side takes it, and never more than that. */
function flood(socket: Socket): void {
  let left = FLOOD_BYTES;
  const pour = () => {
    while (left > 0 && !socket.destroyed) {
      left -= FLOOD_CHUNK.length;
      if (!socket.write(FLOOD_CHUNK)) return;
    }
  };
  socket.on('drain', pour);
  pour();
}
