import { expect } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { type Answer, admin, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { storyOf, type Task } from '../../../packages/server/test/service/story.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import type { Move } from './race.ts';

/** A request at its start, with the tasks it began with by their people. */
export type Start = { id: string; tasks: Task[] };
export type Outcome = { status: string; stage: number; told: Record<string, number> };

/** What the people of a race do. The stand is asked for at each word, because it opens before the first test. */
export const movesOn = (stand: () => Stand) => ({
  start: async (policy: string): Promise<Start> => {
    const created = await storyOf(stand()).create(policy, { callback_url: stand().receiver.url });
    expect([created.status, created.text]).toEqual([201, expect.any(String)]);
    return { id: created.body.request_id, tasks: created.body.tasks };
  },
  decide:
    (request: Start, by: string, action: string): Move =>
    (replica) =>
      stand().call(person(by), 'POST', `/tasks/${taskOf(request, by).id}/decision`, { action }, { replica }),
  claim:
    (request: Start, by: string): Move =>
    (replica) =>
      stand().call(person(by), 'POST', `/tasks/${taskOf(request, by).id}/claim`, undefined, { replica }),
  reassign:
    (request: Start, from: string, new_assignee: string): Move =>
    (replica) =>
      stand().call(
        admin,
        'POST',
        `/tasks/${taskOf(request, from).id}/reassign`,
        { new_assignee },
        { replica },
      ),
  cancel:
    (request: Start): Move =>
    (replica) =>
      stand().call(admin, 'POST', `/requests/${request.id}/cancel`, {}, { replica }),
  /** What became of the request: nothing is wrong in the ledger, and this is what it tells, with the number of events by type. */
  outcomeOf: async ({ id }: Pick<Start, 'id'>): Promise<Outcome> => {
    expect(await ledgerFaults(stand().sql, id)).toEqual([]);
    const [outcome] = await stand().sql<Outcome>(
      `select r.status, r.current_stage_order as stage,
              (select json_object_agg(event_type, n) from (
                 select event_type, count(*) as n from approval_event where request_id = r.id group by event_type
               ) as told) as told
       from approval_request r where r.id = $1`,
      [id],
    );
    if (!outcome) throw new Error(`there is no request ${id}`);
    return outcome;
  },
});

function taskOf({ id, tasks }: Start, name: string): Task {
  const task = tasks.find((each) => each.assignee === name);
  if (!task) throw new Error(`${name} has no task on ${id}`);
  return task;
}

export const statusesOf = (answers: Answer[]) => answers.map((each) => each.status).sort();

/** So many won; whoever was too late is told so, in the words of the contract. */
export function expectWinners(answers: Answer[], winners: number): void {
  const lost = answers.filter((each) => each.status >= 300);
  for (const each of lost) expectRefusal(each, 409, 'AWE-007');
  expect(answers.length - lost.length).toBe(winners);
}

/** This one won, or was told that it was too late; which of the two is for the outcome to say. */
export function expectWonOrLate(answer: Answer | undefined): void {
  if (!answer) throw new Error('there is no answer');
  expectWinners([answer], answer.status < 300 ? 1 : 0);
}
