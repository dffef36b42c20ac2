import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStand, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { watchConnections } from '../../neighbours/connections-made.ts';
import { MANNERS, type MannerName, METADATA_ADDRESS } from '../../neighbours/hostile-manners.ts';
import { type HostileServer, startHostile } from '../../neighbours/hostile-server.ts';
import { deliveryWords } from './delivery-words.ts';

const TIMEOUT_SECONDS = 0.4;

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let words: ReturnType<typeof deliveryWords>;
let hostile: HostileServer;
let stranger: HostileServer;
let connections: ReturnType<typeof watchConnections>;

beforeAll(async () => {
  connections = watchConnections();
  stand = await openStand({ env: { AWE__WEBHOOK__TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) } });
  story = storyOf(stand);
  words = deliveryWords(stand);
  hostile = await startHostile();
  stranger = await startHostile({ tls: true });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  await stand.close();
  await hostile.close();
  await stranger.close();
  connections.stop();
});

const start = async (callback_url: string) => {
  const created = await story.create('simple', { callback_url });
  expect(created.status).toBe(201);
  return created.body.request_id;
};

/** Somebody else's request, from beginning to end: everything in it goes on as if nobody misbehaved. */
const othersGoOn = async () => {
  const id = await start(stand.receiver.url);
  expect((await story.decide(id, 'alice', 'approve')).status).toBe(201);
  await stand.receiver.expect((each) => each.request_id === id && each.event_type === 'request_approved');
};

const NO_ANSWER = new RegExp(`gave no answer within ${TIMEOUT_SECONDS} s`);
const BROKEN_OFF = /ECONNRESET|EPIPE|other side closed|socket hang up|closed/i;

/** What each attempt comes to: no status and a reason, or the status of the head that came. */
const OUTCOMES: Record<MannerName, { status: number | null; error: RegExp | null }> = {
  'never-answers': { status: null, error: NO_ANSWER },
  'drips-its-head': { status: null, error: NO_ANSWER },
  'hints-forever': { status: null, error: NO_ANSWER },
  'floods-its-head': { status: null, error: /Headers Overflow/i },
  resets: { status: null, error: BROKEN_OFF },
  'resets-inside-its-head': { status: null, error: BROKEN_OFF },
  'hangs-up': { status: null, error: BROKEN_OFF },
  'speaks-ssh': { status: null, error: /HTTP/ },
  'invents-a-status': { status: null, error: /status/i },
  'switches-protocols': { status: null, error: /upgrade/i },
  'redirects-to-metadata': { status: 302, error: /redirects are not followed/ },
  // The head is the answer: whoever sent it has the event, whatever becomes of the body.
  'drips-its-body': { status: 200, error: null },
  'floods-its-body': { status: 200, error: null },
};

describe('a receiver that misbehaves', () => {
  it.each(Object.keys(MANNERS) as MannerName[])('%s: the attempt ends, and others go on', async (manner) => {
    const { status, error } = OUTCOMES[manner];
    const id = await start(hostile.at(manner));
    await hostile.calls.see((each) => each === manner);
    await othersGoOn();
    const tried = await words.untilAll(id, (each) => each.attempt === 1);
    for (const each of tried) {
      const next = error === null ? null : expect.any(String);
      const said = error === null ? null : expect.stringMatching(error);
      expect(each).toMatchObject({
        status: error === null ? 'delivered' : 'pending',
        last_status_code: status,
        last_error: said,
        next_attempt_at: next,
      });
    }
  });

  it('and sends a hundred megabytes is cut off long before', async () => {
    await words.untilAll(await start(hostile.at('floods-its-body')), (each) => each.status === 'delivered');
    // What left is what fits into the buffers of the two sockets, for each of the flooding calls so far.
    expect(hostile.sent()).toBeLessThan(60 * 1024 * 1024);
  });

  it('by sending to a metadata address leads nobody there', async () => {
    const id = await start(hostile.at('redirects-to-metadata'));
    await words.untilAll(id, (each) => each.attempt === 1);
    expect(connections.addresses).toContain('127.0.0.1');
    expect(connections.addresses).not.toContain(METADATA_ADDRESS);
  });

  it('by showing a certificate that does not fit is told nothing', async () => {
    const id = await start(stranger.at('never-answers'));
    await othersGoOn();
    const tried = await words.untilAll(id, (each) => each.attempt === 1);
    for (const each of tried) {
      expect(each).toMatchObject({
        status: 'pending',
        last_status_code: null,
        last_error: expect.stringMatching(/self-signed certificate/),
      });
    }
    expect(stranger.connections()).toBeGreaterThan(0);
    expect(stranger.calls.all).toEqual([]);
  });

  it('by speaking no TLS where it should is told nothing either', async () => {
    const before = hostile.calls.all.length;
    const id = await start(hostile.at('never-answers', 'https'));
    await othersGoOn();
    const tried = await words.untilAll(id, (each) => each.attempt === 1);
    for (const each of tried) {
      expect(each).toMatchObject({
        last_status_code: null,
        last_error: expect.stringMatching(/wrong version|SSL|TLS/i),
      });
    }
    expect(hostile.calls.all).toHaveLength(before);
  });
});

it('all of them together, ten times each, leave a good receiver and the API their way', async () => {
  const manners = Object.keys(MANNERS) as MannerName[];
  const bad = await Promise.all(
    manners.flatMap((manner) => Array.from({ length: 10 }, () => start(hostile.at(manner)))),
  );
  await Promise.all(Array.from({ length: 10 }, othersGoOn));
  for (const id of bad) await words.untilAll(id, (each) => each.attempt >= 1);
});
