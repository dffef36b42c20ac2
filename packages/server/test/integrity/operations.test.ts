import type { CheckpointOut, ProofOut } from '@awe/contract/integrity';
import { openCheckpointKey } from '@awe/server/integrity/checkpoint-key';
import { createCheckpoints } from '@awe/server/integrity/checkpoints';
import { verifyExport } from '@awe/server/integrity/verify-export';
import type { Database } from '@awe/server/ledger/database';
import { createSealing, SealingFailure } from '@awe/server/webhooks/sealing';
import { compactVerify, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFresh } from '../postgres.ts';
import { expectRefusal } from '../service/refusal.ts';
import { admin, caller, openStand, person, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';

const viewer = { sub: 'vera', roles: ['AWE_VIEWER'] };

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let database: Database;

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
  database = openFresh({ url: stand.databaseUrl, drop: async () => {} });
  await stand.publish(policyOf('plain', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  await database.close();
  await stand.close();
});

const start = async () => (await story.create('plain', { callback_url: stand.receiver.url })).body.request_id;
const take = (replica = 0) =>
  stand.call<CheckpointOut>(viewer, 'GET', '/admin/checkpoint', undefined, { replica });
const exported = async (query = '') => {
  const { text, headers } = await stand.call(viewer, 'GET', `/admin/export${query}`);
  expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('a proof', () => {
  it('is for anybody, of the timeline as it is', async () => {
    const id = await start();
    const { status, body } = await stand.call<ProofOut>(caller, 'GET', `/requests/${id}/proof`);
    expect(status).toBe(200);
    expect(body).toEqual({
      request_id: id,
      valid: true,
      sequence: 2,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      covered_from: 1,
      faults: [],
      checkpoint: null,
    });
    const { body: made } = await take();
    const { body: later } = await stand.call<ProofOut>(caller, 'GET', `/requests/${id}/proof`);
    expect(later.checkpoint).toEqual({ number: made.number, sequence: 2, hash: body.head, jws: made.jws });
  });

  it('names what was changed', async () => {
    const id = await start();
    await stand.sql("update approval_event set actor = 'eve' where request_id = $1 and sequence = 2", [id]);
    const { body } = await stand.call<ProofOut>(caller, 'GET', `/requests/${id}/proof`);
    expect(body).toMatchObject({ valid: false, faults: [{ place: 'event 2' }] });
    await stand.sql('update approval_event set actor = null where request_id = $1 and sequence = 2', [id]);
  });

  it.each(['01985d02-1f40-7b52-9c00-000000000021', 'nonsense'])('of nothing is 404: %s', async (id) =>
    expectRefusal(
      await stand.call(caller, 'GET', `/requests/${id}/proof`),
      404,
      'AWE-003',
      /No request has this id/,
    ),
  );
});

describe('a checkpoint', () => {
  it('is signed, says what is new, and stays the same until there is more', async () => {
    await take();
    const id = await start();
    const { body: made } = await take();
    expect(made.requests.count).toBe(1);
    const { payload } = await compactVerify(made.jws, await importJWK(made.key as JWK, 'EdDSA'));
    const { jws: _, key: __, id: ___, ...said } = made;
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(said);
    expect((await take(1)).body).toEqual(made);
    await story.decide(id, 'alice', 'approve');
    const { body: next } = await take(1);
    expect([next.number, next.requests.count, next.more]).toEqual([made.number + 1, 1, false]);
  });

  it('is made once by calls at the same moment over both replicas', async () => {
    await start();
    const { body: before } = await take();
    const id = await start();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => take(n % 2)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.number).toBe(before.number + 1);
    expect(await stand.sql('select number::int from checkpoint_entry where request_id = $1', [id])).toEqual([
      { number: before.number + 1 },
    ]);
  });

  it('finds what was written before the last search began but not yet there', async () => {
    await take();
    const id = await start();
    await stand.sql(
      `update approval_event set written_at = now() - interval '14 minutes' where request_id = $1`,
      [id],
    );
    expect((await take()).body.requests.count).toBe(1);
  });

  it('takes no more than it can hold, and says that there is more', async () => {
    const signer = await openCheckpointKey({
      db: database.kysely,
      sealing: await newSealing(),
      clock: stand.clock,
    });
    const small = createCheckpoints({ db: database.kysely, clock: stand.clock, signer, most: 2 });
    await small.take();
    for (let n = 0; n < 5; n += 1) await start();
    const taken = [await small.take(), await small.take(), await small.take()];
    expect(taken.map(({ requests, more }) => [requests.count, more])).toEqual([
      [2, true],
      [2, true],
      [1, false],
    ]);
    expect((await small.take()).number).toBe(taken[2]?.number);
  });

  it('is listed newest first, page by page, and by no one who may not', async () => {
    const all = (await stand.call<CheckpointOut[]>(viewer, 'GET', '/admin/checkpoints?limit=500')).body;
    expect(all.length).toBeGreaterThan(4);
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => all.length - index));
    const seen: CheckpointOut[] = [];
    for (let query: string | undefined = '?limit=2'; query !== undefined; ) {
      const page: Awaited<ReturnType<typeof stand.call<CheckpointOut[]>>> = await stand.call(
        viewer,
        'GET',
        `/admin/checkpoints${query}`,
      );
      seen.push(...page.body);
      query = /<[^?]+([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
    for (const path of ['/admin/checkpoint', '/admin/checkpoints', '/admin/export']) {
      expectRefusal(await stand.call(caller, 'GET', path), 403, 'AWE-008', /AWE_VIEWER/);
    }
  });

  it('is signed with one key, whose private half is nowhere in the clear', async () => {
    const keys = await stand.sql<{ sealed: string; public_jwk: JWK }>(
      'select * from checkpoint_key where retired_at is null',
    );
    expect(keys).toHaveLength(1);
    expect(keys[0]?.sealed).toMatch(/^v1\./);
    expect(keys[0]?.public_jwk).not.toHaveProperty('d');
    const other = createSealing([Buffer.alloc(32, 1)]);
    const opening = openCheckpointKey({ db: database.kysely, sealing: other, clock: stand.clock });
    await expect(opening).rejects.toMatchObject({
      name: 'StartFailure',
      message: expect.stringMatching(
        /^The key that signs checkpoints cannot be read: .*secrets\.encryption_keys/,
      ),
      cause: expect.any(SealingFailure),
    });
  });
});

describe('an export', () => {
  it('of stories of every kind has no fault', async () => {
    await stand.publish(
      policyOf('eventful', [
        {
          rules: [user('alice'), user('bob'), user('olga', { kind: 'observer' })],
          sla_hours: 1,
          on_breach: 'escalate',
          escalation_rules: [user('erna')],
        },
        { rules: [user('carl')], sla_hours: 1, on_breach: 'auto_approve' },
      ]),
    );
    const create = async () => (await story.create('eventful')).body.request_id;
    const [whole, withdrawn, rejected, moved] = [
      await create(),
      await create(),
      await create(),
      await create(),
    ];
    await story.decide(whole, 'olga', 'approve', { comment: 'seen' });
    const { id } = await story.taskOf(whole, 'alice');
    await stand.call(person('alice'), 'POST', `/tasks/${id}/claim`);
    await story.decide(rejected, 'bob', 'reject', { attachments_ref: 's3://y' });
    await stand.call(admin, 'POST', `/requests/${withdrawn}/cancel`, { reason: 'enough' });
    const given = await story.taskOf(moved, 'bob');
    await stand.call(admin, 'POST', `/tasks/${given.id}/reassign`, { new_assignee: 'berta' });
    await stand.hoursPass(2);
    await story.decide(whole, 'erna', 'approve');
    await story.decide(whole, 'alice', 'approve');
    await stand.hoursPass(2);
    await take();
    expect(await story.statusOf(whole)).toBe('approved');
    const { faults, counts } = await verifyExport(await exported());
    expect(faults).toEqual([]);
    expect(counts.requests).toBeGreaterThan(10);
  });

  it('of a range holds the requests of that time, and does not miss the others', async () => {
    const id = await start();
    await take();
    const since = new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString();
    const from = await exported(`?since=${since}`);
    expect(requestsIn(from)).toEqual([id]);
    const until = await exported(`?until=${since}`);
    expect(requestsIn(until)).not.toContain(id);
    expect(requestsIn(until).length).toBeGreaterThan(10);
    for (const lines of [from, until]) expect((await verifyExport(lines)).faults).toEqual([]);
  });

  it('pages through more than a batch', async () => {
    for (let n = 0; n < 45; n += 1) await start();
    const lines = await exported();
    expect(requestsIn(lines).length).toBeGreaterThan(50);
    expect(new Set(requestsIn(lines)).size).toBe(requestsIn(lines).length);
    expect(lines.at(-1)).toEqual({ type: 'end', lines: lines.length - 1 });
  });

  it('goes on while requests come and go, and is still without fault', async () => {
    const busy = (async () => {
      for (let n = 0; n < 20; n += 1) await story.decide(await start(), 'alice', 'approve');
    })();
    const verdicts = [];
    for (let n = 0; n < 4; n += 1) {
      await take(n % 2);
      verdicts.push((await verifyExport(await exported())).faults);
    }
    await busy;
    expect(verdicts).toEqual([[], [], [], []]);
  });
});

const requestsIn = (lines: { type: string; request?: { id: string } }[]) =>
  lines.flatMap((line) => (line.type === 'request' ? [line.request?.id] : []));

/** Retires the key, as an operator does whose sealing key is lost: what it signed is still good. */
async function newSealing() {
  const sealing = createSealing([Buffer.alloc(32, 2)]);
  await stand.sql('update checkpoint_key set retired_at = now() where retired_at is null');
  return sealing;
}
