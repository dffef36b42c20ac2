import type { Operation } from '@awe/contract/operation';
import type { Call } from './call.ts';
import { isTame } from './tame.ts';
import { standingOf } from './who.ts';

/** What is known of a call that reaches an operation, before its answer is read. */
export type Facts = {
  call: Call;
  operation: Operation;
  /** The bytes that were sent; null: none. */
  body: Buffer | null;
  /** Whether the documented schema takes the value. */
  takes: (value: unknown) => boolean;
  /** The task that the path names is somebody else's; null: not known, or no task. */
  isStranger: boolean | null;
};

/** Statuses that the order of refusals (SPEC 10) allows, and those it forbids; null where it says nothing. */
export type Expectation = { only: readonly number[] | null; never: readonly number[]; because: string };

const MOST_BYTES = 262_144;
const NOTHING_KNOWN: Expectation = { only: null, never: [], because: '' };

/** What the contract says of the answer's status, as far as it can be said without doing what the service does. */
export function expectationOf(facts: Facts): Expectation {
  const { call, operation, body, isStranger } = facts;
  if (operation.access !== 'public') {
    if (call.who.kind === 'nobody' || call.who.kind === 'raw') return only(401, 'the token is none');
    const standing = standingOf(call.who);
    if (operation.access === 'admin' && !standing?.isAdmin) return only(403, 'the token lacks AWE_ADMIN');
    if (operation.access === 'viewer' && !standing?.isViewer) return only(403, 'the token lacks AWE_VIEWER');
  }
  if (operation.body && call.type === 'wrong') return only(415, 'the body is said not to be JSON');
  if (body && body.length > MOST_BYTES && operation.method !== 'get') {
    return operation.body && call.type === 'unknown'
      ? { only: [413, 415], never: [], because: 'the body is too large' }
      : only(413, 'the body is too large');
  }
  if (operation.body && call.type === 'unknown') return NOTHING_KNOWN;
  const shape = shapeOf(facts);
  if (shape === 'wrong') return only(422, 'the shape is wrong');
  if (shape === 'unknown') return NOTHING_KNOWN;
  const right = { only: null, never: [422, 415, 413], because: 'the shape is right' };
  if (call.id === 'made up') {
    return operation.path.endsWith('/events')
      ? only(200, 'the id is made up')
      : only(404, 'the id is made up');
  }
  if (isStranger) return only(403, 'the task is somebody else’s');
  return right;
}

function shapeOf({ call, operation, body, takes }: Facts): Call['shape'] {
  if (!operation.body || call.shape === 'wrong') return call.shape;
  if (body === null || body.length === 0) return 'wrong';
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return 'wrong';
  }
  if (!takes(value)) return 'wrong';
  return isTame(value) ? call.shape : 'unknown';
}

function only(status: number, because: string): Expectation {
  return { only: [status], never: [], because };
}
