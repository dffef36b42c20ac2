import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestLine } from '@awe/server/integrity/export-line';
import { checkRequest } from '@awe/server/integrity/request-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../postgres.ts';
import { startProcess } from '../process/service-process.ts';
import { expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

const DAY = 24;
const ENDED_DAYS = 30;

let archive: string;
let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  archive = await mkdtemp(join(tmpdir(), 'awe-archive-'));
  stand = await openStand({
    replicas: 2,
    env: {
      AWE__RETENTION__ENDED_REQUESTS_DAYS: String(ENDED_DAYS),
      AWE__RETENTION__ARCHIVE_DIRECTORY: archive,
      // Only requests are removed here, so that they can be counted.
      AWE__RETENTION__DELIVERED_DELIVERIES_DAYS: '0',
      AWE__IDEMPOTENCY__RETENTION_DAYS: '36500',
    },
  });
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice'), user('bob')] }]));
});
afterAll(async () => {
  await stand.close();
  await rm(archive, { recursive: true, force: true });
});

const runRetention = async () => {
  const removed = await Promise.all(stand.services.map((service) => service.runRetention()));
  return removed.reduce((sum, each) => sum + each, 0);
};
const lines = async (): Promise<RequestLine[]> => {
  const files = (await readdir(archive)).filter((file) => file.endsWith('.ndjson'));
  const texts = await Promise.all(files.map((file) => readFile(join(archive, file), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
};
const lineOf = async (id: string) => (await lines()).filter((line) => line.request.id === id);
const isThere = async (id: string) => (await stand.call(caller, 'GET', `/requests/${id}`)).status === 200;

async function ended(headers: Record<string, string> = {}, more: object = {}) {
  const created = await story.create('simple', more, headers);
  await story.decide(created.body.request_id, 'alice', 'approve', { comment: 'in order' });
  await story.decide(created.body.request_id, 'bob', 'approve');
  return { id: created.body.request_id, answer: created.text };
}

describe('a request that ended', () => {
  it('is archived and removed after its retention, and not before', async () => {
    const { id } = await ended();
    stand.clock.advance((ENDED_DAYS - 1) * DAY);
    expect(await runRetention()).toBe(0);
    expect(await isThere(id)).toBe(true);
    stand.clock.advance(2 * DAY);
    expect(await runRetention()).toBe(1);
    expectRefusal(await stand.call(caller, 'GET', `/requests/${id}`), 404, 'AWE-003', /request/i);
    expect(await story.timeline(id)).toEqual([]);
    for (const table of ['task', 'decision', 'event'])
      expect(await stand.sql(`select from approval_${table} where request_id = $1`, [id])).toEqual([]);
  });

  it('is in the archive as it was, and can be verified there', async () => {
    const { id } = await ended();
    const timeline = await story.timeline(id);
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    expect(await runRetention()).toBe(1);
    const [line, ...others] = await lineOf(id);
    expect(others).toEqual([]);
    if (!line) throw new Error('it is not in the archive');
    expect(line).toMatchObject({ type: 'request', request: { id, status: 'approved', artifact_id: 'a-1' } });
    expect(line.events.map((event) => event.id)).toEqual(timeline.map((event) => event.id));
    expect(line.decisions.map((decision) => decision.comment)).toEqual(['in order', null]);
    const { sequence, head } = { sequence: line.events.length, head: line.head ?? '' };
    expect(checkRequest(line, [{ number: 1, sequence, hash: head }]).faults).toEqual([]);
    const tombstone = await stand.sql(
      "select sequence, encode(head_hash, 'hex') as head from archived_request where request_id = $1",
      [id],
    );
    expect(tombstone).toEqual([{ sequence, head }]);
  });

  it('leaves its audit rows', async () => {
    const { body } = await story.create('simple');
    await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, { reason: 'obsolete' });
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    expect(await runRetention()).toBe(1);
    const audit = await stand.call(admin, 'GET', `/admin/audit?resource_id=${body.request_id}`);
    expect(audit.body).toMatchObject([{ action: 'request.cancel', resource_id: body.request_id }]);
  });

  it('leaves its idempotency key, which still answers in the same words and makes nothing new', async () => {
    const headers = { 'idempotency-key': 'archived' };
    const { id, answer } = await ended(headers);
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    expect(await runRetention()).toBe(1);
    const again = await story.create('simple', {}, headers);
    expect(again).toMatchObject({ status: 201, text: answer });
    expect(await isThere(id)).toBe(false);
  });
});

describe('a request that is not done with', () => {
  it('stays while it is open', async () => {
    const { body } = await story.create('simple');
    stand.clock.advance(10 * ENDED_DAYS * DAY);
    expect(await runRetention()).toBe(0);
    expect(await isThere(body.request_id)).toBe(true);
    await story.decide(body.request_id, 'alice', 'reject');
    stand.clock.advance((ENDED_DAYS - 1) * DAY);
    expect(await runRetention()).toBe(0);
    stand.clock.advance(2 * DAY);
    expect(await runRetention()).toBe(1);
    expect(await lineOf(body.request_id)).toMatchObject([{ request: { status: 'rejected' } }]);
  });

  it('stays while a webhook of it is to be sent, and does not keep others', async () => {
    const { id } = await ended({}, { callback_url: stand.receiver.url });
    await stand.receiver.expect((webhook) => webhook.event_type === 'request_approved');
    await settled(id);
    await stand.sql(
      `update webhook_delivery set status = 'pending', next_attempt_at = '2199-01-01'
       where request_id = $1 and event_type = 'request_approved'`,
      [id],
    );
    const other = await ended();
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    expect(await runRetention()).toBe(1);
    expect([await isThere(id), await isThere(other.id)]).toEqual([true, false]);
    await stand.sql("update webhook_delivery set status = 'exhausted' where status = 'pending'");
    expect(await runRetention()).toBe(1);
    const [line] = await lineOf(id);
    expect(line?.deliveries.map(({ status }) => status).sort()).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'exhausted',
    ]);
  });
});

describe('two replicas at the same moment', () => {
  it('archive each request once', async () => {
    const before = (await lines()).length;
    const requests = await Promise.all(Array.from({ length: 120 }, () => story.create('simple')));
    const ids = requests.map(({ body }) => body.request_id);
    await Promise.all(ids.map((id) => stand.call(admin, 'POST', `/requests/${id}/cancel`, {})));
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    // Whoever comes second passes over what the first one holds, which an own second look then finds gone.
    expect((await runRetention()) + (await runRetention())).toBe(ids.length);
    const archived = (await lines()).map((line) => line.request.id);
    expect(archived.length).toBe(before + ids.length);
    expect(new Set(archived).size).toBe(archived.length);
    expect(archived).toEqual(expect.arrayContaining(ids));
  });
});

describe('an archive that cannot be written', () => {
  it('keeps the requests, until it can be', async () => {
    const { id } = await ended();
    stand.clock.advance((ENDED_DAYS + 1) * DAY);
    await rm(archive, { recursive: true });
    expect(await runRetention()).toBe(0);
    expect(await isThere(id)).toBe(true);
    await mkdir(archive);
    expect(await runRetention()).toBe(1);
    expect(await lineOf(id)).toHaveLength(1);
  });

  it('stops the start', async () => {
    const database = await freshDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'awe-archive-'));
    const missing = join(directory, 'nowhere');
    const { code, stderr } = await startProcess(directory, {
      DATABASE_URL: database.url,
      AWE__RETENTION__ENDED_REQUESTS_DAYS: '30',
      AWE__RETENTION__ARCHIVE_DIRECTORY: missing,
    }).ended;
    await rm(directory, { recursive: true });
    await database.drop();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `awe: retention.archive_directory (${missing}) does not exist: mount or make it, or correct the setting\n`,
    });
  });
});

/** Asks until every delivery of the request has arrived; each question waits for its answer. */
async function settled(id: string): Promise<void> {
  const pending = "select from webhook_delivery where request_id = $1 and status = 'pending'";
  while ((await stand.sql(pending, [id])).length > 0);
}
