import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chronicle, openChronicle, type Tampering } from './chronicle.ts';
import { forgeWithKey, forgeWords, rewriteAudit } from './rewriting.ts';

let chronicle: Chronicle;

beforeAll(async () => {
  chronicle = await openChronicle();
});
afterAll(() => chronicle.close());

async function expectSeen(tampering: Tampering, place: string, says: RegExp, options = {}): Promise<void> {
  const { verdict } = await chronicle.after(tampering, options);
  expect(verdict.faults).toContainEqual({ place, message: expect.stringMatching(says) });
}

describe('the audit log', () => {
  const row = (change: string, sequence = 3) =>
    `update audit_action set ${change} where sequence = ${sequence}`;
  const digest = /does not match its digest: it was changed/;
  it.each([
    ['id', 'id = gen_random_uuid()', digest],
    ['occurred_at', "occurred_at = occurred_at + interval '1 microsecond'", digest],
    ['actor', "actor = 'adb'", digest],
    ['actor_email', "actor_email = 'a@b.example'", digest],
    ['action', "action = 'policy.create'", digest],
    ['resource_type', "resource_type = 'tasks'", digest],
    ['resource_id', "resource_id = resource_id || ' '", digest],
    ['summary', "summary = summary || '.'", digest],
    ['before', `before = jsonb_set(before, '{status}', '"closed"')`, digest],
    ['after', `after = jsonb_set(after, '{status}', '"closed"')`, digest],
    ['metadata', `metadata = metadata || '{"action": "reject"}'`, digest],
    ['digest', "digest = sha256('x')", digest],
    ['hash', "hash = sha256('x')", /does not match its link/],
  ])('with a changed %s', (_, change, says) => expectSeen([row(change)], 'audit row 3', says));

  it('without its newest row', () =>
    expectSeen(
      ['delete from audit_action where sequence = 5'],
      'audit head',
      /names row 5, and row 4 is the newest/,
    ));

  it('without a row in the middle', () =>
    expectSeen(['delete from audit_action where sequence = 3'], 'audit row 4', /stands where row 3 should/));

  it('without a row in the middle, numbered anew', () =>
    expectSeen(
      ['delete from audit_action where sequence = 3', row('sequence = 3', 4), row('sequence = 4', 5)],
      'audit row 3',
      /does not match its link/,
    ));

  it('with two rows swapped', () =>
    expectSeen(
      [row('sequence = -3', 3), row('sequence = 3', 4), row('sequence = 4', -3)],
      'audit row 3',
      /does not match its link/,
    ));

  it('without its newest rows, with the head made to fit: caught by the checkpoint', () =>
    expectSeen(
      [
        'delete from audit_action where sequence > 3',
        'update audit_head h set sequence = a.sequence, hash = a.hash from audit_action a where a.sequence = 3',
      ],
      'audit row 4',
      /was seen by checkpoint 2 with the link \w{64}, and it is gone/,
    ));

  it('with a row changed and the whole chain computed anew: caught by the checkpoint', async () => {
    const { verdict } = await chronicle.after(rewriteAudit);
    expect(verdict.faults).toEqual([
      { place: 'audit row 3', message: expect.stringMatching(/was seen by checkpoint 1 .* written anew/) },
      { place: 'audit row 4', message: expect.stringMatching(/was seen by checkpoint 2 .* written anew/) },
    ]);
  });
});

describe('checkpoints', () => {
  const keptJws = () => ({ checkpoints: chronicle.kept.map(({ jws }) => jws) });
  const drop = (number: number) => [
    `delete from checkpoint_entry where number = ${number}`,
    `delete from checkpoint where number = ${number}`,
  ];

  it('without the first', () => expectSeen(drop(1), 'checkpoint 2', /stands where checkpoint 1 should/));

  it('without the newest: shows by the one that was kept', async () => {
    expect((await chronicle.after(drop(2))).verdict.faults).toEqual([]);
    await expectSeen(drop(2), 'checkpoint 2', /is kept by you, and is gone/, keptJws());
  });

  it('without any: shows by those that were kept, and so do rows that they saw', async () => {
    const all = [
      ...drop(1),
      ...drop(2),
      'delete from audit_action',
      "update audit_head set sequence = 0, hash = sha256('awe audit')",
    ];
    const { verdict } = await chronicle.after(all, keptJws());
    expect(verdict.faults.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['checkpoint 1', 'checkpoint 2', 'audit row 3', 'audit row 4']),
    );
  });

  it.each([
    ['an entry less', 'delete from checkpoint_entry where request_id = $ended'],
    ['an entry more', "insert into checkpoint_entry select $late, 1, sha256('x'), 1"],
    ['an entry changed', "update checkpoint_entry set hash = sha256('x') where request_id = $ended"],
  ])('with %s', (_, statement) =>
    expectSeen([statement], 'checkpoint 1', /by another root than that of the/),
  );

  it('with other words under the same signature', () =>
    expectSeen(
      (db) =>
        forgeWords(chronicle, db, (statement) => ({ ...statement, created_at: '2020-01-01T00:00:00.000Z' })),
      'checkpoint 2',
      /is not what was signed \(signature verification failed\)/,
    ));

  it('signed with a key that nobody knows', () =>
    expectSeen(
      (db) => forgeWithKey(chronicle, db, false),
      'checkpoint 2',
      /is signed with the key .*, which nobody vouches for/,
    ));

  it('signed with a key that was put beside them: shows to whoever kept the key, or the checkpoint', async () => {
    const forged: Tampering = (db) => forgeWithKey(chronicle, db, true);
    const keys = chronicle.kept.map(({ key }) => key as JWK);
    expect((await chronicle.after(forged)).verdict.faults).toEqual([]);
    await expectSeen(forged, 'checkpoint 2', /which nobody vouches for/, { keys });
    await expectSeen(forged, 'checkpoint 2', /is not the one that you keep/, keptJws());
  });

  it('cannot be changed by accident', async () => {
    for (const statement of [
      'delete from checkpoint_entry',
      "update checkpoint set jws = ''",
      'truncate archived_request',
    ]) {
      await expect(chronicle.stand.sql(statement)).rejects.toMatchObject({
        code: '42501',
        message: expect.stringMatching(/^rows of \w+ are neither changed nor deleted$/),
      });
    }
  });
});
