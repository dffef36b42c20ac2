import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, user } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { openTwoProcesses } from '../../two-processes.ts';
import { expectWonOrLate, movesOn } from './moves.ts';
import { atOnce, counted, PATIENCE, race } from './race.ts';

let stand: Stand;
const { start, decide, outcomeOf } = movesOn(() => stand);

const REQUESTS = 20;

beforeAll(async () => {
  stand = await counted(openTwoProcesses({ AWE__SLA__CHECK_INTERVAL_SECONDS: '0.02' }));
  const rules = [user('alice'), user('bob')];
  await stand.publish(policyOf('urgent', [{ rules, sla_hours: 1, on_breach: 'auto_approve' }]));
});
afterAll(() => stand.close());

describe('two processes that watch the time', PATIENCE, () => {
  it('and the people who decide at the deadline come to one end each', async () => {
    await race(2, REQUESTS, async (pauses) => {
      const requests = await Promise.all(Array.from({ length: REQUESTS }, () => start('urgent')));
      const passed = stand.sql(`update approval_task set due_at = created_at where due_at is not null`);
      const answers = await atOnce(
        pauses,
        requests.map((request) => decide(request, 'bob', 'reject')),
      );
      await passed;
      for (const [index, request] of requests.entries()) {
        const answer = answers[index];
        const end = answer?.status === 201 ? 'rejected' : 'approved';
        const isEnd = (type: string) => type === 'request_approved' || type === 'request_rejected';
        await stand.receiver.expect((each) => each.request_id === request.id && isEnd(each.event_type));
        expectWonOrLate(answer);
        const { status, told } = await outcomeOf(request);
        expect([status, told.stage_completed]).toEqual([end, 1]);
      }
    });
  });

  it('leave nothing wrong behind', async () => {
    expect(await ledgerFaults(stand.sql)).toEqual([]);
  });
});
