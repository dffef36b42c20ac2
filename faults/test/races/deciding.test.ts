import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { openTwoProcesses } from '../../two-processes.ts';
import { expectWinners, expectWonOrLate, movesOn, statusesOf } from './moves.ts';
import { atOnce, counted, PATIENCE, race } from './race.ts';

let stand: Stand;
const { start, decide, claim, cancel, reassign, outcomeOf } = movesOn(() => stand);

const CROWD = Array.from({ length: 200 }, (_, index) => `crowd-${index}`);
const NEEDED = 117;

beforeAll(async () => {
  stand = await counted(openTwoProcesses());
  const pair = [user('alice'), user('bob')];
  const next = { rules: [user('carl')] };
  await stand.publish(policyOf('both', [{ rules: pair }, next]));
  await stand.publish(policyOf('any', [{ mode: 'any-n', rules: pair }, next]));
  const crowd = { mode: 'any-n', mode_value: NEEDED, rules: CROWD.map((id) => user(id)) };
  await stand.publish(policyOf('crowd', [crowd, next]));
  const beside = { parallel_group: 1 };
  await stand.publish(
    policyOf('beside', [
      { rules: [user('alice')], ...beside },
      { rules: [user('bob')], ...beside },
      { rules: [user('dora')], ...beside },
      next,
    ]),
  );
});
afterAll(() => stand.close());

describe('two processes on one database', PATIENCE, () => {
  it('take one of two decisions on one task', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('both');
      const moves = [decide(request, 'alice', 'approve'), decide(request, 'alice', 'reject')];
      const answers = await atOnce(pauses, moves);
      expectWinners(answers, 1);
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_decided]).toEqual([answers[0]?.status === 201 ? 'in_review' : 'rejected', 1]);
    });
  });

  it('open the next stage once when the last two approvals meet', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('both');
      const moves = [decide(request, 'alice', 'approve'), decide(request, 'bob', 'approve')];
      expect(statusesOf(await atOnce(pauses, moves))).toEqual([201, 201]);
      const { status, stage, told } = await outcomeOf(request);
      expect([status, stage]).toEqual(['in_review', 2]);
      expect(told).toEqual({ request_created: 1, stage_started: 2, stage_completed: 1, task_decided: 2 });
    });
  });

  it('open the next group once when parallel stages end together', async () => {
    await race(5, 3, async (pauses) => {
      const request = await start('beside');
      const moves = ['alice', 'bob', 'dora'].map((by) => decide(request, by, 'approve'));
      expect(statusesOf(await atOnce(pauses, moves))).toEqual([201, 201, 201]);
      const { status, stage, told } = await outcomeOf(request);
      expect([status, stage]).toEqual(['in_review', 4]);
      expect(told).toEqual({ request_created: 1, stage_started: 4, stage_completed: 3, task_decided: 3 });
    });
  });

  it('end the request once when one parallel stage is rejected and its siblings are approved', async () => {
    await race(5, 3, async (pauses) => {
      const request = await start('beside');
      const [rejected, ...approved] = await atOnce(pauses, [
        decide(request, 'bob', 'reject'),
        decide(request, 'alice', 'approve'),
        decide(request, 'dora', 'approve'),
      ]);
      expect(rejected?.status).toBe(201);
      const before = approved.filter((each) => each.status === 201).length;
      expectWinners(approved, before);
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_decided, told.stage_completed]).toEqual(['rejected', 1 + before, 1 + before]);
    });
  });

  it('let one win of an approval and a rejection that each would end the stage', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('any');
      const moves = [decide(request, 'alice', 'approve'), decide(request, 'bob', 'reject')];
      const answers = await atOnce(pauses, moves);
      expectWinners(answers, 1);
      const { status, stage, told } = await outcomeOf(request);
      const approved = answers[0]?.status === 201;
      expect([status, stage]).toEqual(approved ? ['in_review', 2] : ['rejected', 1]);
      expect([told.stage_completed, told.task_decided]).toEqual([1, 1]);
    });
  });

  it('let one win of a decision and a cancellation that each would end the request', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('any');
      const answers = await atOnce(pauses, [decide(request, 'alice', 'reject'), cancel(request)]);
      expectWinners(answers, 1);
      const { status } = await outcomeOf(request);
      expect(status).toBe(answers[0]?.status === 201 ? 'rejected' : 'cancelled');
    });
  });

  it('cancel once, whatever is decided meanwhile', async () => {
    await race(5, 4, async (pauses) => {
      const request = await start('both');
      const [alice, first, bob, second] = await atOnce(pauses, [
        decide(request, 'alice', 'approve'),
        cancel(request),
        decide(request, 'bob', 'approve'),
        cancel(request),
      ]);
      const decisions = [alice, bob].flatMap((each) => each ?? []);
      const kept = decisions.filter((each) => each.status === 201).length;
      expectWinners(decisions, kept);
      expectWinners(
        [first, second].flatMap((each) => each ?? []),
        1,
      );
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_decided ?? 0, told.request_cancelled]).toEqual(['cancelled', kept, 1]);
    });
  });

  it('let one claim a task', async () => {
    await race(5, 4, async (pauses) => {
      const request = await start('both');
      const moves = Array.from({ length: 4 }, () => claim(request, 'alice'));
      expectWinners(await atOnce(pauses, moves), 1);
      expect((await outcomeOf(request)).told.task_claimed).toBe(1);
    });
  });

  it('stop no decision by a claim', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('both');
      const [claimed, decided] = await atOnce(pauses, [
        claim(request, 'bob'),
        decide(request, 'bob', 'approve'),
      ]);
      expect(decided?.status).toBe(201);
      expectWonOrLate(claimed);
      const { told } = await outcomeOf(request);
      expect([told.task_claimed ?? 0, told.task_decided]).toEqual([claimed?.status === 200 ? 1 : 0, 1]);
    });
  });

  it('count two hundred people who decide at once, and the others are told that it is over', async () => {
    await race(2, CROWD.length, async (pauses) => {
      const request = await start('crowd');
      const answers = await atOnce(
        pauses,
        CROWD.map((by) => decide(request, by, 'approve')),
      );
      expectWinners(answers, NEEDED);
      const { status, stage, told } = await outcomeOf(request);
      expect([status, stage]).toEqual(['in_review', 2]);
      expect(told).toEqual({
        request_created: 1,
        stage_started: 2,
        stage_completed: 1,
        task_decided: NEEDED,
      });
    });
  });
});

describe('two processes that reassign, decide and cancel', PATIENCE, () => {
  it('let one reassign a task, or its assignee decide it', async () => {
    await race(5, 3, async (pauses) => {
      const request = await start('both');
      const moves = [
        reassign(request, 'alice', 'dora'),
        reassign(request, 'alice', 'emil'),
        decide(request, 'alice', 'approve'),
      ];
      expectWinners(await atOnce(pauses, moves), 1);
      const { told } = await outcomeOf(request);
      expect((told.task_reassigned ?? 0) + (told.task_decided ?? 0)).toBe(1);
    });
  });

  it('give one person one task when two are reassigned to them', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('both');
      const moves = [reassign(request, 'alice', 'dora'), reassign(request, 'bob', 'dora')];
      expectWinners(await atOnce(pauses, moves), 1);
      expect((await outcomeOf(request)).told.task_reassigned).toBe(1);
    });
  });

  it('give a seat to somebody who is leaving theirs only once they have left', async () => {
    await race(5, 2, async (pauses) => {
      const request = await start('both');
      const moves = [reassign(request, 'alice', 'dora'), reassign(request, 'bob', 'alice')];
      const [left, came] = await atOnce(pauses, moves);
      expect(left?.status).toBe(200);
      expectWonOrLate(came);
      const { told } = await outcomeOf(request);
      expect(told.task_reassigned).toBe(came?.status === 200 ? 2 : 1);
    });
  });

  it('leave no task to anybody when the request is cancelled meanwhile', async () => {
    await race(5, 3, async (pauses) => {
      const request = await start('both');
      const [reassigned, cancelled, claimed] = await atOnce(pauses, [
        reassign(request, 'alice', 'dora'),
        cancel(request),
        claim(request, 'bob'),
      ]);
      expect(cancelled?.status).toBe(200);
      const others = [reassigned, claimed].flatMap((each) => each ?? []);
      const before = others.filter((each) => each.status === 200).length;
      expectWinners(others, before);
      const { status, told } = await outcomeOf(request);
      const kept = (told.task_reassigned ?? 0) + (told.task_claimed ?? 0);
      expect([status, kept]).toEqual(['cancelled', before]);
    });
  });
});

it('the races left nothing wrong behind', async () => {
  expect(await ledgerFaults(stand.sql)).toEqual([]);
});
