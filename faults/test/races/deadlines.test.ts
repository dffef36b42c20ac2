import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { expectWonOrLate, movesOn, type Start } from './moves.ts';
import { atOnce, counted, type Move, PATIENCE, race } from './race.ts';

let stand: Stand;
const { start, decide, cancel, reassign, outcomeOf } = movesOn(() => stand);

/** Two services in this process, because only they take a clock that is played; still apart but for the database. */
beforeAll(async () => {
  stand = await counted();
  const late = { rules: [user('alice'), user('bob')], sla_hours: 1 };
  await stand.publish(policyOf('approves', [{ ...late, on_breach: 'auto_approve' }]));
  await stand.publish(policyOf('rejects', [{ ...late, on_breach: 'auto_reject' }]));
  const escalation_rules = [user('carla'), user('emil')];
  await stand.publish(policyOf('escalates', [{ ...late, on_breach: 'escalate', escalation_rules }]));
});
afterAll(() => stand.close());

/** A request that waits for bob alone. */
async function waitingForBob(policy: string): Promise<Start> {
  const request = await start(policy);
  expect((await decide(request, 'alice', 'approve')(0)).status).toBe(201);
  return request;
}
/** One move and an hour that passes, each after its pause. */
async function meet(pauses: number[], move: Move, replica: 0 | 1): Promise<Answer> {
  const [, late = 0] = pauses;
  const [[answer]] = await Promise.all([
    atOnce(pauses, [() => move(replica)]),
    wait(late).then(() => stand.hoursPass(1)),
  ]);
  if (!answer) throw new Error('there is no answer');
  return answer;
}

describe('the deadline, on both replicas at once', PATIENCE, () => {
  it('approves, unless the last person rejects before', async () => {
    await race(5, 2, async (pauses) => {
      const request = await waitingForBob('approves');
      const answer = await meet(pauses, decide(request, 'bob', 'reject'), 0);
      expectWonOrLate(answer);
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_decided]).toEqual([answer.status === 201 ? 'rejected' : 'approved', 2]);
    });
  });

  it('rejects, unless the last person approves before', async () => {
    await race(5, 2, async (pauses) => {
      const request = await waitingForBob('rejects');
      const answer = await meet(pauses, decide(request, 'bob', 'approve'), 1);
      expectWonOrLate(answer);
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_decided]).toEqual([answer.status === 201 ? 'approved' : 'rejected', 2]);
    });
  });

  it('asks more people once, and locks out nobody who decides meanwhile', async () => {
    await race(5, 2, async (pauses) => {
      const request = await waitingForBob('escalates');
      const answer = await meet(pauses, decide(request, 'bob', 'approve'), 0);
      expect(answer.status).toBe(201);
      const { status, told } = await outcomeOf(request);
      expect([status, told.stage_completed]).toEqual(['approved', 1]);
      expect([0, 1]).toContain(told.stage_escalated ?? 0);
    });
  });

  it('expires each task once and asks more people once, however often both replicas look', async () => {
    await race(5, 1, async () => {
      const request = await start('escalates');
      const looks = [...stand.services, ...stand.services, ...stand.services];
      stand.clock.advance(1);
      await Promise.all(looks.map((service) => service.runDeadlines()));
      expect((await outcomeOf(request)).told).toEqual({
        request_created: 1,
        stage_started: 1,
        task_expired: 2,
        stage_escalated: 1,
      });
      expect((await cancel(request)(0)).status).toBe(200);
    });
  });

  it('finds a task with its old person or its next one, never with both or neither', async () => {
    await race(5, 2, async (pauses) => {
      const request = await waitingForBob('approves');
      const answer = await meet(pauses, reassign(request, 'bob', 'dora'), 1);
      expectWonOrLate(answer);
      await stand.hoursPass(1);
      const { status, told } = await outcomeOf(request);
      expect([status, told.task_reassigned ?? 0]).toEqual(['approved', answer.status === 200 ? 1 : 0]);
    });
  });

  it('ends a request, or is too late because it was cancelled', async () => {
    await race(5, 2, async (pauses) => {
      const request = await waitingForBob('rejects');
      const answer = await meet(pauses, cancel(request), 0);
      expectWonOrLate(answer);
      const { status } = await outcomeOf(request);
      expect(status).toBe(answer.status === 200 ? 'cancelled' : 'rejected');
    });
  });

  it('leaves nothing wrong behind', async () => {
    expect(await ledgerFaults(stand.sql)).toEqual([]);
  });
});
