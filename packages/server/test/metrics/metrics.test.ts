import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../demo/caller.ts';
import { type Counterpart, startCounterpart } from '../service/counterpart.ts';
import { admin, caller, openStand, person, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';
import { type Exposition, scrape } from './exposition.ts';

let stand: Stand;
let resolver: Counterpart;
let before: Exposition;
let after: Exposition;
let text: string;

/** Each with few values: those of a closed list, or of this build. */
const LABELS = [
  ...['operation', 'status', 'kind', 'le', 'action', 'by', 'outcome', 'reason', 'result', 'type', 'answer'],
  ...['pool', 'state', 'queue', 'version', 'commit', 'node'],
];

const url = () => stand.services[0]?.url ?? '';
/** By how much a counter has grown in the story. */
const grew = (name: string, labels: Record<string, string> = {}) =>
  after.value(name, labels) - before.value(name, labels);

/** Two requests that end well and badly, one that waits for its resolver, one that is cancelled, and some refusals. */
beforeAll(async () => {
  stand = await openStand();
  resolver = await startCounterpart({ status: 500 });
  const story = storyOf(stand);
  const asks = { rule_type: 'http', rule_value: { url: `${resolver.url}/people?key=hunter2` } };
  await stand.publish(
    policyOf('simple', [{ rules: [user('alice')], sla_hours: 1, on_breach: 'auto_reject' }]),
  );
  await stand.publish(policyOf('asking', [{ rules: [user('alice')] }, { rules: [asks] }]));
  before = await scrape(url());

  const callback = { callback_url: stand.receiver.url };
  const approved = await story.create('simple', callback, { 'idempotency-key': 'k' });
  await story.create('simple', callback, { 'idempotency-key': 'k' });
  await story.decide(approved.body.request_id, 'alice', 'approve');
  await stand.receiver.expect((each) => each.event_type === 'request_approved');

  const waiting = await story.create('asking');
  await story.decide(waiting.body.request_id, 'alice', 'approve');

  const cancelled = await story.create('simple');
  await stand.call(admin, 'POST', `/requests/${cancelled.body.request_id}/cancel`, {
    reason: 'my own words',
  });
  expect((await story.decide(cancelled.body.request_id, 'alice', 'approve')).status).toBe(409);

  const dead = await startCounterpart({ status: 410 });
  const late = await story.create('simple', { callback_url: `${dead.url}/hooks/hunter2` });
  await dead.called(2);
  dead.close();
  await stand.hoursPass(2);
  expect(await story.statusOf(late.body.request_id)).toBe('rejected');

  expect((await stand.call(caller, 'GET', '/no-such-thing/hunter2')).status).toBe(404);
  expect((await stand.call(null, 'GET', '/tasks')).status).toBe(401);
  expect((await stand.call(person('alice'), 'GET', '/tasks?limit=0')).status).toBe(422);
  await exhaustedAreWritten();
  const response = await fetch(`${url()}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  text = await response.text();
  after = await scrape(url());
});
afterAll(async () => {
  resolver.close();
  await stand.close();
});

/** Until the deliveries that were answered 410 are written down as such. */
async function exhaustedAreWritten(): Promise<void> {
  for (;;) {
    const { value } = await scrape(url());
    if (value('awe_delivery_results_total', { outcome: 'exhausted' }) >= 2) return;
  }
}

describe('the metrics after a story', () => {
  it('count the calls by operation and status', () => {
    const calls = 'awe_http_request_duration_seconds_count';
    expect(grew(calls, { operation: 'createRequest', status: '201' })).toBe(5);
    expect(grew(calls, { operation: 'decide', status: '201' })).toBe(2);
    expect(grew(calls, { operation: 'decide', status: '409' })).toBe(1);
    expect(grew(calls, { operation: 'cancelRequest', status: '200' })).toBe(1);
    expect(grew(calls, { operation: 'listTasks', status: '401' })).toBe(1);
    expect(grew(calls, { operation: 'other', status: '404' })).toBe(1);
    const sum = grew('awe_http_request_duration_seconds_sum', { operation: 'createRequest', status: '201' });
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(60);
    expect(after.value('awe_http_calls_in_flight')).toBe(1);
  });

  it('count refusals by kind', () => {
    const refusals = (kind: string) => grew('awe_http_refusals_total', { kind });
    expect(refusals('conflict')).toBe(1);
    expect(refusals('unauthenticated')).toBe(1);
    expect(refusals('invalid_shape')).toBe(1);
    expect(refusals('no_such_path')).toBe(1);
    expect(refusals('fault')).toBe(0);
  });

  it('count what became of requests, stages and decisions', () => {
    expect(grew('awe_requests_created_total')).toBe(4);
    expect(grew('awe_idempotent_replays_total')).toBe(1);
    const ended = (outcome: string, reason: string) => grew('awe_requests_ended_total', { outcome, reason });
    expect(ended('approved', 'none')).toBe(1);
    expect(ended('cancelled', 'none')).toBe(1);
    expect(ended('rejected', 'sla_breached')).toBe(1);
    expect(grew('awe_stages_ended_total', { outcome: 'approved', reason: 'none' })).toBe(2);
    expect(grew('awe_stages_ended_total', { outcome: 'rejected', reason: 'sla_breached' })).toBe(1);
    expect(grew('awe_decisions_total', { action: 'approve', by: 'person' })).toBe(2);
    expect(grew('awe_decisions_total', { action: 'reject', by: 'sla_monitor' })).toBe(1);
    expect(grew('awe_timeline_events_total', { type: 'task_expired' })).toBe(1);
    expect(grew('awe_request_lifetime_seconds_count', { outcome: 'rejected' })).toBe(1);
    expect(grew('awe_request_lifetime_seconds_sum', { outcome: 'rejected' })).toBeGreaterThanOrEqual(7200);
  });

  it('count commits, and how many shared a statement', () => {
    const written = grew('awe_commit_duration_seconds_count', { result: 'written' });
    expect(written).toBeGreaterThanOrEqual(8);
    expect(grew('awe_commit_batch_size_sum')).toBe(written);
    expect(grew('awe_commit_duration_seconds_count', { result: 'failed' })).toBe(0);
  });

  it('count deliveries, look-ups and tokens', () => {
    expect(grew('awe_delivery_results_total', { outcome: 'delivered' })).toBe(4);
    expect(grew('awe_delivery_attempt_duration_seconds_count', { answer: '2xx' })).toBe(4);
    expect(grew('awe_delivery_attempt_duration_seconds_count', { answer: '4xx' })).toBeGreaterThanOrEqual(2);
    expect(after.value('awe_delivery_attempts_in_flight')).toBe(0);
    // Once by the decision, and again by the retries that two hours are full of, as one look at what is due.
    expect(
      grew('awe_lookup_duration_seconds_count', { kind: 'http', outcome: 'failed' }),
    ).toBeGreaterThanOrEqual(2);
    expect(grew('awe_token_verifications_total', { result: 'unauthenticated' })).toBe(1);
    expect(grew('awe_token_verifications_total', { result: 'accepted' })).toBeGreaterThan(10);
  });

  it('tell how the process and its connections are', () => {
    expect(after.value('awe_ready')).toBe(1);
    expect(after.value('awe_build_info', { node: process.version })).toBe(1);
    expect(after.value('awe_database_connections_max', { pool: 'outbox' })).toBe(2);
    expect(after.value('awe_database_waiting', { pool: 'hot' })).toBe(0);
    expect(after.value('awe_process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(after.declared).toContain('awe_nodejs_eventloop_lag_p99_seconds');
    expect(after.declared).toContain('awe_nodejs_gc_duration_seconds');
  });

  it('all begin with awe_, and have no label that callers can choose', () => {
    for (const name of after.declared) expect(name).toMatch(/^awe_[a-z0-9_]+$/);
    expect(text).not.toMatch(/hunter2|alice|my own words|test\.artifact|127\.0\.0\.1|registry-service/);
    const ours = after.samples.filter(({ name }) => !/^awe_(process|nodejs)_/.test(name));
    expect(new Set(ours.flatMap(({ labels }) => Object.keys(labels)))).toEqual(new Set(LABELS));
  });
});

describe('two scrapes in a row', () => {
  it('read the queues once', async () => {
    const first = await scrape(url());
    await storyOf(stand).create('simple');
    const second = await scrape(url());
    expect(second.value('awe_queue_depth', { queue: 'requests_open' })).toBe(
      first.value('awe_queue_depth', { queue: 'requests_open' }),
    );
    expect(second.value('awe_requests_created_total')).toBe(first.value('awe_requests_created_total') + 1);
  });
});

describe('the metrics of a service that closes them', () => {
  let closed: Stand;
  const TOKEN = 'a token for the scraper';
  const ask = (authorization?: string, method = 'GET') =>
    fetch(`${closed.services[0]?.url}/metrics`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
    });
  beforeAll(async () => {
    closed = await openStand({
      env: {
        AWE__SERVER__METRICS_TOKEN: TOKEN.replaceAll(' ', '-'),
        AWE__SERVER__RATE_LIMIT_PER_MINUTE: '3',
      },
    });
  });
  afterAll(() => closed.close());

  it('are for who bears the token, however often they ask', async () => {
    for (let times = 0; times < 10; times += 1) {
      const response = await ask(`Bearer ${TOKEN.replaceAll(' ', '-')}`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('awe_build_info');
    }
  });

  it.each([
    ['nobody', undefined],
    ['a wrong token', 'Bearer wrong'],
    ['the beginning of the token', 'Bearer a-token-for-the'],
    ['the token with more behind it', 'Bearer a-token-for-the-scraper-'],
    ['another scheme', `Basic ${Buffer.from('a-token-for-the-scraper').toString('base64')}`],
    ['an admin of the API', `Bearer ${tokenOf(admin)}`],
  ])('refuse %s', async (_, authorization) => {
    const response = await ask(authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({
      response: null,
      errors: [{ errorCode: 'AWE-008', message: expect.stringMatching(/server\.metrics_token/) }],
    });
    expect((await ask(authorization, 'HEAD')).status).toBe(401);
  });
});

it('are read by GET alone', async () => {
  const response = await fetch(`${url()}/metrics`, { method: 'POST' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
  expect(await response.json()).toMatchObject({ errors: [{ errorCode: 'AWE-012' }] });
});
