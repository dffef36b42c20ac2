import type { AuditOut } from '@awe/contract/audit';
import type { DeliveryOut } from '@awe/contract/deliveries';
import { exportText } from '@awe/server/integrity/export';
import { verifyExport } from '@awe/server/integrity/verify-export';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, openFresh } from '../postgres.ts';
import { admin, openStand, person, type Stand } from '../service/stand.ts';
import { type Event, storyOf, type Task } from '../service/story.ts';
import { idOf, move, openReference, type Reference } from './move.ts';

let reference: Reference;
let stand: Stand;

beforeAll(async () => {
  [reference, stand] = await Promise.all([openReference(), openStand()]);
  await reference.run(
    `update approval_request set callback_url = '${stand.receiver.url}' where id = '${idOf(110)}'`,
  );
});

afterAll(async () => {
  await stand.close();
  await reference.drop();
});

const toReplay = {
  now: () => '2030-02-01T00:00:00.000Z',
  newId: () => '0198c0de-0000-7000-8000-000000000000',
};

async function faults(): Promise<string[]> {
  const database = openFresh({ url: stand.databaseUrl, drop: async () => {} }, 1);
  try {
    let text = '';
    for await (const part of exportText(database.kysely, { since: null, until: null }, toReplay.now()))
      text += part;
    const lines = text.trimEnd().split('\n');
    const verdict = await verifyExport(lines.map((line) => JSON.parse(line)));
    expect(verdict.counts.requests).toBeGreaterThan(9);
    return verdict.faults.map(({ place, message }) => `${place}: ${message}`);
  } finally {
    await database.close();
  }
}

describe('moving over', () => {
  it('first only tells what would happen, and writes nothing', async () => {
    const report = await move(reference.url, stand.databaseUrl, { clock: toReplay });
    expect(report.written).toBe(false);
    expect(report.faults).toEqual([]);
    expect(await stand.sql('select 1 from approval_policy union all select 1 from approval_request')).toEqual(
      [],
    );
    expect(await stand.sql('select 1 from audit_action')).toEqual([]);
    expect(report.tallies).toMatchObject({
      policy: { read: 9, imported: 9 },
      request: { read: 26, imported: 10, left_out: 16 },
      delegation: { read: 2, imported: 1, left_out: 1 },
    });
    expect(report.open_requests).toBe(5);
    expect(report.overdue).toEqual([
      {
        id: idOf(117),
        since: '2030-01-02T01:00:00.123Z',
        effect: 'the request is approved by sla-monitor',
      },
    ]);
    expect(report.archived_policies.map(({ name, was_active }) => [name, was_active])).toEqual([
      ['odd version 1', true],
    ]);
    expect(report.secrets).toEqual([{ id: idOf(900), name: 'registry', here: null, open_requests: 1 }]);
    expect(report.staying.map(({ table, rows }) => [table, rows])).toEqual([
      ['callback_secret', 1],
      ['idempotency_key', 1],
      ['webhook_delivery', 1],
    ]);
  });

  it('a database that has no tables yet is told of the same way', async () => {
    const nowhere = await freshDatabase();
    const database = openFresh(nowhere, 1);
    await database.pool.query('drop schema public cascade; create schema public');
    await database.close();
    const report = await move(reference.url, nowhere.url);
    expect(report.tallies.request.imported).toBe(10);
    await nowhere.drop();
  });

  it('leaves out every request in flight that could stand somewhere else here, and says why', async () => {
    const { left_out } = await move(reference.url, stand.databaseUrl);
    const waiting = left_out.filter((each) => each.in_flight);
    const ours = 'it, or a task of it, is not as the timeline tells';
    expect(
      Object.fromEntries(waiting.map(({ name, reason }) => [name.replace('test.artifact a-', ''), reason])),
    ).toEqual({
      113: 'its policy (odd version 1) cannot work here',
      114: 'stage 1 is open there, and its votes would have passed it here',
      115: 'dora must sign stage 2, and has no task there',
      116: `its webhooks are signed with the secret ${idOf(900)}, for which the mapping names none here`,
      118: 'stage 1 was passed over there, and it cannot be shown that it would be here',
      119: 'which seats of stage 1 are required cannot be known: a role, a group or a resolver named them, or several seats were given away',
      120: "rita is asked at stage 1, and the policy's separation of duties forbids it",
      121: 'nobody has been asked yet',
      122: 'the request: status is "paused", none of pending, in_review, approved, rejected, cancelled',
      123: 'the request: context cannot be kept as it is: amount Integer cannot be kept exactly, because it has more digits than a number beyond 2^53 - 1; send it as a string',
      125: 'its callback_url cannot be called: the URL begins with ftp:, not https:// or http://',
      126: 'everybody asked at stage 1 is past due, and whether auto_approve has happened cannot be known',
      127: `its rows do not make one story: stage 1: ${ours}`,
      128: 'stage 1 was passed there, and its votes would not pass it here',
      129: 'people were added to stage 1 after it was opened, and why is not known',
    });
    const ended = left_out.filter((each) => each.kind === 'request' && !each.in_flight);
    expect(ended.map(({ id, reason }) => [id, reason])).toEqual([
      [idOf(106), `the task ${idOf(1061)} is completed and has no decision`],
    ]);
  });

  it('imports once, and finds everything here the second time', async () => {
    const first = await move(reference.url, stand.databaseUrl, { write: true });
    expect(first.written).toBe(true);
    const again = await move(reference.url, stand.databaseUrl, { write: true });
    expect(again.tallies).toMatchObject({
      policy: { imported: 0, already_here: 9 },
      request: { imported: 0, already_here: 10, conflicting: 0 },
      delegation: { imported: 0, already_here: 1 },
    });
    const audit = await stand.call<AuditOut[]>(admin, 'GET', '/admin/audit?action=import.write');
    expect(audit.body).toHaveLength(1);
    expect(audit.body[0]).toMatchObject({
      actor: 'ada',
      resource_type: 'import',
      summary:
        'Imported 9 policy versions, 10 requests (5 open) and 1 delegations from the reference implementation',
      after: { requests: { imported: 10, left_out: 16 } },
    });
  });

  it('leaves a log that an auditor finds nothing wrong with', async () => {
    expect((await stand.call(admin, 'GET', '/admin/checkpoint')).body).toMatchObject({
      requests: { count: 10 },
    });
    expect(await faults()).toEqual([]);
  });

  it('keeps the history with its ids, its moments and its words', async () => {
    const found = await stand.call(admin, 'GET', '/requests?artifact_id=a-101');
    expect(found.body).toMatchObject([
      {
        id: idOf(101),
        policy_id: idOf(2),
        policy_version: 2,
        status: 'approved',
        context: { amount: 12.5 },
        completed_at: '2030-01-01T04:00:00.123Z',
      },
    ]);
    const { body: events } = await stand.call<Event[]>(admin, 'GET', `/requests/${idOf(101)}/events`);
    expect(events.map((each) => each.event_type)).toEqual([
      'request_created',
      'stage_started',
      'task_decided',
      'stage_completed',
      'stage_started',
      'task_decided',
      'stage_completed',
      'request_approved',
    ]);
    expect(events[0]).toMatchObject({
      id: idOf(101001),
      payload: { imported: { unplaced: [{ id: idOf(1019), event_type: 'task_created' }] } },
    });
    expect(events[1]?.id).toBe(idOf(1016));
    expect(events[2]?.payload).toMatchObject({
      action: 'approve',
      comment: 'seen',
      imported: { reconstructed: true },
    });
    expect(events.at(-1)).toMatchObject({
      id: idOf(1018),
      payload: { imported: { payload: { note: 'as it was there' } } },
    });
  });

  it.each([
    [102, 'rejected', 'rejected_by_approver'],
    [103, 'cancelled', 'withdrawn'],
    [105, 'approved', undefined],
  ])('tells how request %i ended: %s, %s', async (n, status, reason) => {
    expect(await storyOf(stand).statusOf(idOf(n))).toBe(status);
    const last = (await storyOf(stand).timeline(idOf(n))).at(-1);
    expect(last).toMatchObject({ event_type: `request_${status}` });
    expect(last?.payload.reason).toBe(reason);
    const { body } = await stand.call<Task[]>(admin, 'GET', `/tasks?assignee=*&request_id=${idOf(n)}`);
    expect(body.filter((task) => task.status === 'open' || task.status === 'claimed')).toEqual([]);
  });
});

describe('after moving over', () => {
  const decide = (who: string, n: number, action = 'approve') =>
    stand.call(person(who), 'POST', `/tasks/${idOf(n)}/decision`, { action });

  it('a request in flight goes on to its end, and its receiver hears of that only', async () => {
    expect(await decide('alice', 1104)).toMatchObject({
      status: 403,
      body: {
        errors: [{ errorCode: 'AWE-008', message: expect.stringContaining('assigned to somebody else') }],
      },
    });
    expect((await decide('dora', 1104)).status).toBe(201);
    const webhook = await stand.receiver.expect((each) => each.event_type === 'request_approved');
    expect(webhook).toMatchObject({ request_id: idOf(110), genuine: true });
    const { body } = await stand.call<DeliveryOut[]>(
      admin,
      'GET',
      `/admin/deliveries?request_id=${idOf(110)}`,
    );
    expect(body.map((each) => each.event_type).sort()).toEqual(['request_approved', 'stage_completed']);
  });

  it('a parallel group waits for the one who has not voted, and the next stage opens', async () => {
    expect((await decide('fin', 1112)).status).toBe(201);
    const story = storyOf(stand);
    await story.decide(idOf(111), 'chief', 'approve');
    expect(await story.statusOf(idOf(111))).toBe('approved');
  });

  it('a seat that was given away is its new holder’s', async () => {
    expect(await decide('alice', 1241)).toMatchObject({
      status: 409,
      body: { errors: [{ errorCode: 'AWE-007', message: expect.stringContaining('is reassigned') }] },
    });
    expect((await decide('anna', 1242, 'reject')).status).toBe(201);
    expect(await storyOf(stand).statusOf(idOf(124))).toBe('rejected');
  });

  it('what is past due is acted on, at its own time', async () => {
    const hours = (Date.parse('2030-01-02T02:00:00Z') - Date.parse(stand.clock.now())) / 3_600_000;
    await stand.hoursPass(hours);
    expect(await storyOf(stand).statusOf(idOf(117))).toBe('approved');
  });

  it('new requests are made under the active version, and delegations hold', async () => {
    const story = storyOf(stand);
    const { body } = await story.create('land');
    await story.decide(body.request_id, 'bob', 'approve');
    expect(await story.taskOf(body.request_id, 'dan')).toMatchObject({ delegated_from: 'dora' });
    expect((await story.create('odd')).body).toMatchObject({
      errors: [{ errorCode: 'AWE-001', message: expect.stringContaining('"odd"') }],
    });
  });

  it('nothing is wrong with the log, and importing again is still safe', async () => {
    expect(await faults()).toEqual([]);
    await reference.run(`update approval_request set artifact_id = 'other' where id = '${idOf(101)}'`);
    const report = await move(reference.url, stand.databaseUrl, { write: true });
    expect(report.tallies.request).toMatchObject({ imported: 0, already_here: 9, conflicting: 1 });
    expect(report.conflicts).toEqual([
      {
        kind: 'request',
        id: idOf(101),
        name: 'test.artifact other',
        reason: 'its rows in the source have changed since it was imported',
      },
    ]);
  });
});
