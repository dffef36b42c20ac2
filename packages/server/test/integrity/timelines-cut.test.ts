import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chronicle, openChronicle } from './chronicle.ts';
import { rewriteTimeline } from './rewriting.ts';

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

async function expectSeen(statements: string[], place: string, says: RegExp): Promise<void> {
  const { verdict } = await chronicle.after(statements);
  expect(verdict.faults).toContainEqual({ place, message: expect.stringMatching(says) });
}

const event = (change: string, sequence = 4) =>
  `update approval_event set ${change} where request_id = $ended and sequence = ${sequence}`;
const request = (change: string) => `update approval_request set ${change} where id = $ended`;

describe('the events of a request', () => {
  const remove = (sequence: number | string) =>
    `delete from approval_event where request_id = $ended and sequence = ${sequence}`;
  const newest = '(select max(sequence) from approval_event where request_id = $ended)';

  it('without the newest', () =>
    expectCaught('ended', [remove(newest)], 'head', /is not the link of the newest event/));

  it('without the newest, with the request made to fit', async () => {
    const fit = request(
      `head_hash = (select hash from approval_event where request_id = $ended order by sequence desc limit 1),
       sequence = sequence - 1`,
    );
    const { verdict } = await chronicle.after([remove(newest), fit]);
    const { sequence } = await statedOf('ended');
    expect(verdict.faults).toContainEqual({
      place: `request ${ids.ended}, event ${sequence}`,
      message: expect.stringMatching(/was seen by checkpoint 1 with the link \w{64}, and is gone/),
    });
  });

  it('without one in the middle', () =>
    expectCaught('ended', [remove(4)], 'event 5', /stands where event 4 should/));

  it('without one in the middle, with the others numbered anew', () =>
    expectCaught(
      'ended',
      [
        remove(4),
        ...[5, 6, 7, 8, 9].map((n) => event(`sequence = ${n - 1}`, n)),
        request('sequence = sequence - 1'),
      ],
      'event 4',
      /does not match its link/,
    ));

  it('without the first', () =>
    expectCaught('ended', [remove(1)], 'event 2', /events before it were removed/));

  it('two of them swapped', () =>
    expectCaught(
      'ended',
      [event('sequence = -3', 3), event('sequence = 3', 4), event('sequence = 4', -3)],
      'event 3',
      /does not match its link/,
    ));

  it('one without its link, as if it were old', () =>
    expectCaught('ended', [event('hash = null')], 'event 4', /has no link, though an earlier one has/));

  it('all without links, as if they were old: caught by the checkpoint', () =>
    expectCaught(
      'ended',
      ['update approval_event set hash = null where request_id = $ended', request('head_hash = null')],
      'event \\d+',
      /was seen by checkpoint 1 with the link \w{64}, and has another/,
    ));

  it('all without links, though begun after the first checkpoint', () =>
    expectSeen(
      [
        'update approval_event set hash = null where request_id = $late',
        'update approval_request set head_hash = null where id = $late',
      ],
      `request ${ids.late}, event 1`,
      /has no link, though it was written after the first checkpoint/,
    ));

  it('one changed and the whole chain computed anew: caught by the checkpoint', async () => {
    const { verdict, proofs } = await chronicle.after((db) => rewriteTimeline(db, ids.ended));
    const { sequence } = await statedOf('ended');
    const fault = {
      place: `event ${sequence}`,
      message: expect.stringMatching(/was seen by checkpoint 1 .* the timeline was written anew/),
    };
    expect(proofs(ids.ended)?.faults).toEqual([fault]);
    expect(verdict.faults).toEqual([{ ...fault, place: `request ${ids.ended}, ${fault.place}` }]);
  });

  it('one changed and the whole chain computed anew before any checkpoint: nobody can tell', async () => {
    const { verdict } = await chronicle.after((db) => rewriteTimeline(db, ids.late));
    expect(verdict.faults).toEqual([]);
  });
});

describe('a request that is gone', () => {
  const gone = ['approval_event', 'approval_decision', 'approval_task', 'webhook_delivery'].map(
    (table) => `delete from ${table} where request_id = $open`,
  );
  const place = () => `request ${ids.open}`;

  it('is missed, because a checkpoint saw it', () =>
    expectSeen(
      [...gone, 'delete from approval_request where id = $open'],
      place(),
      /was seen by checkpoint 1 .* and is gone/,
    ));

  it('is missed, though it is said to be archived, until its archive is there', async () => {
    const archived = [
      `insert into archived_request select id, sequence, head_hash, now() from approval_request where id = $open`,
      ...gone,
      'delete from approval_request where id = $open',
    ];
    await expectSeen(archived, place(), /was archived, and its archive is not among the files/);
  });
});

async function statedOf(which: Which): Promise<{ sequence: number }> {
  const [stated] = await chronicle.stand.sql<{ sequence: number }>(
    'select sequence from checkpoint_entry where request_id = $1 order by sequence',
    [ids[which]],
  );
  if (!stated) throw new Error('no checkpoint tells of it');
  return stated;
}
