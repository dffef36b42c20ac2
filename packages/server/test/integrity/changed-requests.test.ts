import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chronicle, openChronicle } from './chronicle.ts';

let chronicle: Chronicle;
let ids: Chronicle['ids'];

beforeAll(async () => {
  chronicle = await openChronicle();
  ids = chronicle.ids;
});
afterAll(() => chronicle.close());

type Which = keyof Chronicle['ids'];

/** Both the proof of this request and the verifier name this place, which is a pattern. */
async function expectCaught(which: Which, statements: string[], place: string, says: RegExp): Promise<void> {
  const { verdict, proofs } = await chronicle.after(statements);
  const proof = proofs(ids[which]);
  const message = expect.stringMatching(says);
  expect(proof?.valid).toBe(false);
  expect(proof?.faults).toContainEqual({ place: expect.stringMatching(`^${place}$`), message });
  expect(verdict.faults).toContainEqual({
    place: expect.stringMatching(`^request ${ids[which]}, ${place}$`),
    message,
  });
}

const event = (change: string, sequence = 4) =>
  `update approval_event set ${change} where request_id = $ended and sequence = ${sequence}`;
const request = (change: string) => `update approval_request set ${change} where id = $ended`;

describe('nothing is wrong', () => {
  it('before anybody touched anything, with what was kept and its key', async () => {
    const { kept } = chronicle;
    const keys = kept.map(({ key }) => key as JWK);
    const { verdict, proofs } = await chronicle.after([], { checkpoints: kept.map(({ jws }) => jws), keys });
    expect(verdict.faults).toEqual([]);
    expect(verdict.notes).toEqual([
      '1 requests have links from a later event on: those before are not covered.',
    ]);
    expect(proofs(ids.ended)).toMatchObject({
      valid: true,
      covered_from: 1,
      checkpoint: { number: 1, jws: kept[0]?.jws },
    });
    expect(proofs(ids.old)).toMatchObject({ valid: true, covered_from: 3, checkpoint: { number: 2 } });
    expect(proofs(ids.open)).toMatchObject({ valid: true, checkpoint: { number: 2 } });
    expect(proofs(ids.late)).toMatchObject({ valid: true, checkpoint: null });
  });
});

describe('a changed event', () => {
  const what = /does not match its link: it was changed/;
  it.each([
    ['id', 'id = gen_random_uuid()'],
    ['event_type', "event_type = 'task_claimed'"],
    ['actor', "actor = 'mallory'"],
    ['actor, to nobody', 'actor = null'],
    ['created_at, by a microsecond', "created_at = created_at + interval '1 microsecond'"],
    ['a letter of a comment', `payload = jsonb_set(payload, '{comment}', '"I looked at the plotz"')`],
    ['a member more', `payload = payload || '{"extra": null}'`],
    ['a member less', "payload = payload - 'comment'"],
    ['its link', 'hash = set_byte(hash, 31, get_byte(hash, 31) # 1)'],
  ])('%s', (_, change) => expectCaught('ended', [event(change, 3)], 'event 3', what));

  it('deep inside its payload', () =>
    expectCaught(
      'ended',
      [event(`payload = jsonb_set(payload, '{approvers,1}', '"bop"')`, 2)],
      'event 2',
      what,
    ));

  it('in its request_id', () =>
    expectCaught(
      'ended',
      [
        'update approval_event set request_id = $late, sequence = 5 where request_id = $ended and sequence = 3',
      ],
      'event 4',
      /stands where event 3 should/,
    ));
});

describe('a changed request', () => {
  it.each([
    ['policy_id', 'policy_id = gen_random_uuid()'],
    ['policy_key', "policy_key = 'other'"],
    ['policy_version', 'policy_version = 2'],
    ['artifact_type', "artifact_type = 'test.artefact'"],
    ['artifact_id', "artifact_id = 'a-2'"],
    ['source_service', "source_service = 'x'"],
    ['requester', 'requester = null'],
    ['context', `context = jsonb_set(context, '{place,plots,1,size}', '4')`],
    ['callback_url', "callback_url = 'http://elsewhere.example/'"],
    ['callback_secret_id', 'callback_secret_id = gen_random_uuid()'],
    ['created_at', "created_at = created_at - interval '1 microsecond'"],
  ])('in what it asks for: %s', (_, change) =>
    expectCaught('ended', [request(change)], 'event 1', /it, or what the request asks for, was changed/),
  );

  it.each([
    ['status', "status = 'rejected'", 'status', /is "rejected", and the timeline leads to "approved"/],
    ['completed_at', 'completed_at = null', 'completed_at', /is null, and the timeline leads to/],
    ['current_stage_order', 'current_stage_order = 1', 'current_stage_order', /is 1, .* leads to 2/],
    ['updated_at', "updated_at = updated_at + interval '1 hour'", 'updated_at', /the newest event is of/],
    ['sequence', 'sequence = 99', 'sequence', /says it has 99 events/],
    ['head', "head_hash = sha256('x')", 'head', /is not the link of the newest event/],
    ['head, away', 'head_hash = null', 'head', /is not the link of the newest event/],
    ['stages', `stages = jsonb_set(stages, '{0,needed}', '1')`, 'stage 1', /not as the timeline tells/],
  ])('in its state: %s', (_, change, place, says) => expectCaught('ended', [request(change)], place, says));

  it.each([
    [
      'a task',
      "update approval_task set action = 'reject' where request_id = $ended and assignee = 'alice'",
      'stage 1',
    ],
    [
      'an assignee',
      "update approval_task set assignee = 'eve' where request_id = $ended and assignee = 'alice'",
      'stage 1',
    ],
    ['a task less', "delete from approval_task where request_id = $ended and assignee = 'carl'", 'stage 2'],
  ])('in %s', (_, statement, place) =>
    expectCaught('ended', [statement], place, /it, or a task of it, is not as the timeline tells/),
  );

  it.each([
    ['comment', "comment = 'never seen'"],
    ['actor', "actor = 'eve'"],
    ['action', "action = 'reject'"],
  ])('in the %s of a decision', async (_, change) => {
    const [decision] = await chronicle.stand.sql<{ id: string }>(
      "select id from approval_decision where request_id = $1 and actor = 'alice'",
      [ids.ended],
    );
    const statement = `update approval_decision set ${change} where id = '${decision?.id}'`;
    await expectCaught('ended', [statement], `decision ${decision?.id}`, /is not what event 3 tells/);
  });

  it('in a decision that is gone', () =>
    expectCaught(
      'ended',
      ["delete from approval_decision where request_id = $ended and actor = 'bob'"],
      'event 4',
      /tells of a decision that is not there/,
    ));

  it('in a delivery of another event', () =>
    expectCaught(
      'ended',
      ['update webhook_delivery set id = gen_random_uuid() where request_id = $ended and sequence = 1'],
      'delivery .+',
      /not about an event of this timeline/,
    ));
});
