import type { Decision } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { RecordedCall } from '../load/recorded-call.ts';
import type { MadeHistory } from './made-history.ts';

/** The call of that number. */
export const callOf = ({ calls }: MadeHistory, id: number): RecordedCall =>
  calls.find((each) => each.id === id)!;
const eventsOf = ({ ledger }: MadeHistory, request = 'r1'): TimelineEvent[] => ledger.timelines.get(request)!;
const renumber = (events: TimelineEvent[]) => {
  for (const [index, event] of events.entries()) event.sequence = index + 1;
};
const answer = (call: RecordedCall, more: object) => {
  call.answer!.text = JSON.stringify({ ...JSON.parse(call.answer!.text), ...more });
};
/** The same call, had no answer come to it. */
export const unanswered = (call: RecordedCall, start = call.start) =>
  Object.assign(call, { answer: null, start });
/** Reads of what is falsified would tell of it too; each lie has to be seen by the check that is meant. */
const withoutReads = (history: MadeHistory) => {
  history.calls = history.calls.filter((call) => !call.operation.startsWith('read'));
};

/** One way to falsify a true history, and what the checker has to say of it. */
export type Lie = { name: string; tell: (history: MadeHistory) => void; says: RegExp };

export const LIES: Lie[] = [
  {
    name: 'a request that was acknowledged is gone',
    tell: ({ ledger }) => ledger.requests.delete('r2'),
    says: /^call 12 .*request r2 is not in the ledger/,
  },
  {
    name: 'a request holds another context than was sent',
    tell: ({ ledger }) => Object.assign(ledger.requests.get('r1')!, { context: { amount: 8 } }),
    says: /^call 1 .*request r1 has context \{"amount":8\} and not \{"amount":7\}/,
  },
  {
    name: 'a task of the answer is another’s',
    tell: ({ ledger }) => Object.assign(ledger.tasks.get('t2')!, { assignee: 'gus' }),
    says: /^call 1 .*task t2 has assignee "gus"/,
  },
  {
    name: 'a decision that was acknowledged is gone',
    tell: ({ ledger }) => ledger.decisions.delete('d3'),
    says: /^call 3 .*decision d3 is not in the ledger/,
  },
  {
    name: 'a decision turned into another',
    tell: ({ ledger }) =>
      Object.assign(ledger.decisions.get('d3')!, { action: 'reject' } satisfies Partial<Decision>),
    says: /^call 3 .*decision d3 has action "reject"/,
  },
  {
    name: 'the event of an acknowledged decision is gone',
    tell: (history) => {
      withoutReads(history);
      eventsOf(history).splice(3, 1);
      renumber(eventsOf(history));
    },
    says: /^call 3 .*no event tells of it/,
  },
  {
    name: 'a claim left no trace',
    tell: ({ ledger }) => Object.assign(ledger.tasks.get('t1')!, { claimed_at: null }),
    says: /^call 2 .*task t1 has claimed_at null/,
  },
  {
    name: 'a reassigned task is still open',
    tell: ({ ledger }) => Object.assign(ledger.tasks.get('t2')!, { status: 'open' }),
    says: /^call 4 .*task t2 has status "open"/,
  },
  {
    name: 'a cancelled request lives on',
    tell: ({ ledger }) => Object.assign(ledger.requests.get('r2')!, { status: 'in_review' }),
    says: /^call 13 .*request r2 has status "in_review"/,
  },
  {
    name: 'two people were told that their claim of one task won',
    tell: (history) => void history.calls.push({ ...callOf(history, 2), id: 99 }),
    says: /^call 99 .*no event tells of it/,
  },
  {
    name: 'an event is nobody’s work',
    tell: (history) => {
      history.calls = history.calls.filter(({ id }) => id !== 13);
    },
    says: /^Event 2 \(request_cancelled\) of request r2 by ada is not the work of any call/,
  },
  {
    name: 'an event is the work of a refused call',
    tell: (history) => Object.assign(callOf(history, 13).answer!, { status: 409 }),
    says: /^Event 2 \(request_cancelled\) of request r2 by ada is not the work of any call/,
  },
  {
    name: 'a decision was made by somebody else than the caller',
    tell: (history) => Object.assign(eventsOf(history)[3]!, { actor: 'mallory' }),
    says: /^Event 4 \(task_decided\) of request r1 by mallory is not the work of any call/,
  },
  {
    name: 'the monitor decides what has not expired',
    tell: (history) => {
      withoutReads(history);
      const payload = { ...eventsOf(history)[3]!.payload, task_id: 't9', comment: null };
      eventsOf(history).push({
        ...eventsOf(history)[3]!,
        id: 'e',
        sequence: 9,
        actor: 'sla-monitor',
        payload,
      });
    },
    says: /^Event 9 of request r1 decides task t9, which had not expired/,
  },
  {
    name: 'a refused decision is kept',
    tell: ({ ledger }) =>
      void ledger.decisions.set('d6', { ...ledger.decisions.get('d3')!, id: 'd6', comment: 'word-6' }),
    says: /^call 6 .*was refused, and yet its words are in the ledger/,
  },
  {
    name: 'a refused creation made a request',
    tell: ({ ledger }) =>
      void ledger.requests.set('r8', { ...ledger.requests.get('r1')!, id: 'r8', artifact_id: 'word-8' }),
    says: /^call 8 .*was refused, and yet its words are in the ledger/,
  },
  {
    name: 'a key made two requests',
    tell: ({ ledger }) => void ledger.requests.set('r9', { ...ledger.requests.get('r1')!, id: 'r9' }),
    says: /^Idempotency-Key k of registry made 2 requests: r1,r9/,
  },
  {
    name: 'a key was answered in two ways',
    tell: (history) => answer(callOf(history, 7), { status: 'approved' }),
    says: /^Idempotency-Key k of registry was answered in 2 ways/,
  },
  {
    name: 'a key was answered in other words than are kept',
    tell: ({ ledger }) => Object.assign(ledger.keys[0]!, { response: '{}' }),
    says: /^Idempotency-Key k of registry was answered in other words than the ledger keeps/,
  },
  {
    name: 'a key was forgotten',
    tell: ({ ledger }) => void ledger.keys.pop(),
    says: /^Idempotency-Key k of registry was answered, and is not in the ledger/,
  },
  {
    name: 'a key leads to another request',
    tell: ({ ledger }) => Object.assign(ledger.keys[0]!, { request_id: 'r2' }),
    says: /^Idempotency-Key k of registry leads to request r2, which it did not make/,
  },
  {
    name: 'another body went through under a key',
    tell: (history) => Object.assign(callOf(history, 8), { answer: callOf(history, 1).answer }),
    says: /^Idempotency-Key k of registry let call 8 .* through with another body/,
  },
  {
    name: 'the timeline has what came later first',
    tell: (history) => {
      withoutReads(history);
      const events = eventsOf(history);
      events.splice(3, 2, events[4]!, events[3]!);
      renumber(events);
    },
    says: /^call 3 .* ended before call 4 .* began, but comes after it in request r1/,
  },
  {
    name: 'what was not answered was done before it was asked',
    tell: (history) => {
      withoutReads(history);
      unanswered(callOf(history, 3), 75);
    },
    says: /^call 4 .* ended before call 3 .* began, but comes after it/,
  },
  {
    name: 'a timeline was read without what was acknowledged',
    tell: (history) => {
      callOf(history, 9).answer!.text = JSON.stringify(eventsOf(history).slice(0, 5));
    },
    says: /^call 9 .* shows 5 events, and 6 were acknowledged before/,
  },
  {
    name: 'a timeline was read with what nobody had asked for yet',
    tell: (history) => Object.assign(callOf(history, 9), { start: 30, end: 42 }),
    says: /^call 9 .* shows 8 events, and only 5 can have been there/,
  },
  {
    name: 'a timeline was read that is not the one in the ledger',
    tell: (history) => {
      const told: TimelineEvent[] = structuredClone(eventsOf(history));
      told[3]!.payload.action = 'reject';
      callOf(history, 9).answer!.text = JSON.stringify(told);
    },
    says: /^call 9 .* shows an event 4 that is not the one in the ledger/,
  },
  {
    name: 'a request was read as it was before',
    tell: (history) => Object.assign(callOf(history, 10), { target: 'r2', start: 150, end: 160 }),
    says: /^call 10 .* says approved, which then was cancelled/,
  },
  {
    name: 'a request that was acknowledged was not found',
    tell: (history) => Object.assign(callOf(history, 10).answer!, { status: 404 }),
    says: /^call 10 .* found nothing of a request that was acknowledged/,
  },
  {
    name: 'a task was read as it was before its decision',
    tell: (history) => {
      const told = JSON.parse(callOf(history, 11).answer!.text);
      told[2].status = 'open';
      callOf(history, 11).answer!.text = JSON.stringify(told);
    },
    says: /^call 11 .* shows task t3 as open, which was completed before/,
  },
  {
    name: 'a task was read as decided before anybody asked',
    tell: (history) => Object.assign(callOf(history, 11), { start: 10, end: 15 }),
    says: /^call 11 .* shows task t1 as completed too early/,
  },
  {
    name: 'a task was read that is not there',
    tell: (history) => {
      const told = JSON.parse(callOf(history, 11).answer!.text);
      callOf(history, 11).answer!.text = JSON.stringify([...told, { ...told[0], id: 't9' }]);
    },
    says: /^call 11 .* shows task t9, which is not in the ledger/,
  },
  {
    name: 'an event never reached the receiver',
    tell: (history) => void history.received.pop(),
    says: /^event 8 \(request_approved\) of request r1 never reached the receiver/,
  },
  {
    name: 'a delivery is left behind',
    tell: ({ ledger }) => Object.assign(ledger.deliveries.get('r1-event-1')!, { status: 'exhausted' }),
    says: /^The delivery of event 1 \(request_created\) of request r1 is exhausted/,
  },
  {
    name: 'a delivery was never written',
    tell: ({ ledger }) => ledger.deliveries.delete('r1-event-1'),
    says: /^The delivery of event 1 \(request_created\) of request r1 is missing/,
  },
  {
    name: 'a webhook tells of what is not in the ledger',
    tell: ({ received }) => void received.push({ ...received[0]!, event_id: 'made-up' }),
    says: /^A webhook came of event made-up, which is not in the ledger/,
  },
  {
    name: 'a webhook is not genuine',
    tell: ({ received }) => Object.assign(received[0]!, { genuine: false }),
    says: /^A webhook of event 1 .* was not genuinely signed/,
  },
  {
    name: 'a webhook says something else',
    tell: ({ received }) => Object.assign(received[0]!, { status: 'approved' }),
    says: /^A webhook of event 1 .* says something else than it/,
  },
  {
    name: 'the service failed by a fault of its own',
    tell: (history) => Object.assign(callOf(history, 6), { answer: { status: 500, text: 'AWE-500' } }),
    says: /^call 6 .* was answered AWE-500/,
  },
];
