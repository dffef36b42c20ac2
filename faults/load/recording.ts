import { tokenOf } from '../../packages/server/demo/caller.ts';
import type { Move, RecordedCall } from './recorded-call.ts';

/** Makes calls over HTTP and keeps each with its answer. */
export type Recording = {
  calls: RecordedCall[];
  /** The number that the next call will have: what its own words are made of. */
  nextId: () => number;
  /** Never rejects: a connection that was cut is an answer that did not come. */
  make: (url: string, id: number, move: Move) => Promise<RecordedCall>;
};

/** Longer than the service may take for anything, its 30 s of a statement included. */
const PATIENCE_MS = 45_000;

export function startRecording(): Recording {
  const calls: RecordedCall[] = [];
  let ids = 0;
  return {
    calls,
    nextId: () => {
      ids += 1;
      return ids;
    },
    make: async (url, id, move) => {
      const { operation, by, target, key, body } = move;
      const start = performance.now();
      const said = await ask(url, move).catch((error: unknown) => (neverSent(error) ? 'not sent' : null));
      const end = performance.now();
      const sent = said !== 'not sent';
      const answer = said === 'not sent' ? null : said;
      const call = { id, operation, actor: by.sub, target, key, body, start, end, sent, answer };
      calls.push(call);
      return call;
    },
  };
}

/** Nobody listened. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

async function ask(url: string, move: Move): Promise<{ status: number; text: string }> {
  const { by, key, body } = move;
  const { method, path } = addressOf(move);
  const response = await fetch(`${url}/v1/awe${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokenOf(by)}`,
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, text: await response.text() };
}

function addressOf({ operation, target }: Move): { method: string; path: string } {
  switch (operation) {
    case 'create':
      return { method: 'POST', path: '/requests' };
    case 'claim':
      return { method: 'POST', path: `/tasks/${target}/claim` };
    case 'decide':
      return { method: 'POST', path: `/tasks/${target}/decision` };
    case 'reassign':
      return { method: 'POST', path: `/tasks/${target}/reassign` };
    case 'cancel':
      return { method: 'POST', path: `/requests/${target}/cancel` };
    case 'read_request':
      return { method: 'GET', path: `/requests/${target}` };
    case 'read_events':
      return { method: 'GET', path: `/requests/${target}/events` };
    case 'read_tasks':
      return { method: 'GET', path: `/tasks?request_id=${target}&assignee=*&limit=500` };
  }
}
