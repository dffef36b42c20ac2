import { type Action, type Approval, isPending, type StageProgress, type Task } from '@awe/engine/approval';
import type { Actor, Command, CreateCommand, Outcome, Refusal } from '@awe/engine/command';
import type { EventType, TimelineEvent } from '@awe/engine/event';
import { hoursAfter, type Instant, secondsAfter } from '@awe/engine/instant';
import { type Answer, type Lookup, lookupKey } from '@awe/engine/people';
import type { JsonObject, Policy } from '@awe/engine/policy';
import { expect } from 'vitest';
import { carryOut, openChronicle } from './chronicle.ts';
import type { RuleWords } from './policy-words.ts';

/** Monday morning, when every story begins. */
export const BEGIN: Instant = '2026-04-20T08:00:00.000Z';

export type Given = {
  requester?: string | null;
  context?: JsonObject;
  /** What a role, group or http rule finds; `null`: the lookup fails. */
  lookups?: [RuleWords, string[] | null][];
  /** Who is away, and who acts for them. */
  away?: Record<string, string>;
};

export type Story = ReturnType<typeof start>;

/** Creates a request under `policy` and lets a test tell what happens to it. The clock and the ids are the story's own. */
export function start(policy: Policy, given: Given = {}) {
  const chronicle = openChronicle(policy);
  const answers = new Map<string, Answer>();
  const away = new Map(Object.entries(given.away ?? {}));
  let now = BEGIN;
  let outcome: Outcome;

  const lookUp = (lookup: Lookup): Answer => {
    const answer = answers.get(lookupKey(lookup));
    if (!answer) throw new Error(`the story does not say what ${lookupKey(lookup)} finds`);
    return answer;
  };
  const tell = (command: Command | CreateCommand): Outcome => {
    outcome = carryOut(chronicle, command, now, {
      lookUp,
      delegateOf: (person) => away.get(person) ?? null,
    });
    return outcome;
  };
  const keyOf = (rule: RuleWords) =>
    lookupKey({ rule_type: rule.rule_type as Lookup['rule_type'], rule_value: rule.rule_value });

  const approval = (): Approval => {
    if (!chronicle.approval) throw new Error('there is no request');
    return chronicle.approval;
  };
  /** The task of a person: the one they can still decide, else their last one; at stage `order` when given. */
  const task = (person: string, order?: number): Task => {
    const theirs = approval().tasks.filter(
      (each) => each.assignee === person && (order === undefined || each.stage_order === order),
    );
    const found = theirs.findLast(isPending) ?? theirs.at(-1);
    if (!found) throw new Error(`${person} has no task`);
    return found;
  };
  const stage = (order: number): StageProgress => {
    const found = approval().stages.find((each) => each.stage_order === order);
    if (!found) throw new Error(`stage ${order} was not reached`);
    return found;
  };

  const actor = (by: Actor) => {
    const decide = (action: Action, person: string, order?: number) =>
      tell({
        type: 'decide',
        task_id: task(person, order).id,
        by,
        action,
        comment: null,
        attachments_ref: null,
      });
    return {
      approves: (order?: number) => decide('approve', by.id, order),
      rejects: (order?: number) => decide('reject', by.id, order),
      abstains: (order?: number) => decide('abstain', by.id, order),
      claims: (order?: number) => tell({ type: 'claim', task_id: task(by.id, order).id, by }),
      approvesFor: (person: string, order?: number) => decide('approve', person, order),
      rejectsFor: (person: string, order?: number) => decide('reject', person, order),
      claimsFor: (person: string) => tell({ type: 'claim', task_id: task(person).id, by }),
      cancels: (reason: string | null = null, requested_by: string | null = null) =>
        tell({ type: 'cancel', by, reason, requested_by }),
      reassigns: (from: string, to: string, reason: string | null = null) =>
        tell({ type: 'reassign', task_id: task(from).id, by, new_assignee: to, reason }),
    };
  };

  const ofType = (type: EventType): TimelineEvent[] =>
    chronicle.events.filter((event) => event.event_type === type);

  const story = {
    person: (id: string) => actor({ id, isAdmin: false }),
    admin: (id = 'root') => actor({ id, isAdmin: true }),
    tick: (force = false) => tell({ type: 'tick', force }),
    /** Time passes, and the monitor looks once at the end of it. */
    hoursPass: (hours: number) => {
      now = hoursAfter(now, hours);
      return tell({ type: 'tick', force: false });
    },
    secondsPass: (seconds: number) => {
      now = secondsAfter(now, seconds);
      return tell({ type: 'tick', force: false });
    },
    /** Time passes while the monitor sleeps. */
    hoursPassUnseen: (hours: number) => {
      now = hoursAfter(now, hours);
    },
    lookupFails: (rule: RuleWords, reason = 'directory timeout') => {
      answers.set(keyOf(rule), { ok: false, reason });
    },
    lookupAnswers: (rule: RuleWords, ...users: string[]) => {
      answers.set(keyOf(rule), { ok: true, users });
    },
    /** An operator moves one task's due time in the ledger. */
    dueTimeIsMoved: (person: string, due_at: Instant) => {
      const moved = task(person);
      const tasks = approval().tasks.map((each) => (each === moved ? { ...each, due_at } : each));
      chronicle.approval = { ...approval(), tasks };
    },
    goesAway: (person: string, delegate: string) => away.set(person, delegate),
    approval,
    request: () => approval().request,
    exists: () => chronicle.approval !== null,
    stage,
    task,
    now: () => now,
    outcome: () => outcome,
    events: () => chronicle.events,
    decisions: () => chronicle.decisions,
    types: () => chronicle.events.map((event) => event.event_type),
    payloads: (type: EventType) => ofType(type).map((event) => event.payload),
    payload: (type: EventType): JsonObject => {
      const found = ofType(type).at(-1);
      if (!found) throw new Error(`there is no ${type}`);
      return found.payload;
    },
    /** Who can decide a stage now. */
    pending: (order: number) =>
      approval()
        .tasks.filter((each) => each.stage_order === order && each.kind === 'approver' && isPending(each))
        .map((each) => each.assignee),
    seats: (order: number) =>
      approval()
        .tasks.filter((each) => each.stage_order === order && each.kind === 'approver')
        .map((each) => each.assignee),
  };

  for (const [rule, users] of given.lookups ?? []) {
    if (users) story.lookupAnswers(rule, ...users);
    else story.lookupFails(rule);
  }
  outcome = tell({
    type: 'create',
    id: '00000000-0000-7000-8000-00000000a0de',
    source_service: 'registry',
    artifact_type: policy.artifact_type,
    artifact_id: 'deed-7',
    requester: given.requester ?? null,
    context: given.context ?? {},
    callback_url: null,
    callback_secret_id: null,
  });
  return story;
}

/** The command was refused with this code, and with words that say why; nothing was written (the chronicle sees to that). */
export function expectRefusal(outcome: Outcome, code: Refusal['code'], message: RegExp): void {
  expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } });
  if (outcome.kind === 'refused') expect(outcome.refusal.message).toMatch(message);
}

/** The request ended in a rejection for this reason, and its timeline says so last. */
export function expectRejected(story: Story, reason: string): void {
  expect(story.request().status).toBe('rejected');
  expect(story.types().at(-1)).toBe('request_rejected');
  expect(story.payload('request_rejected')).toMatchObject({ reason, status: 'rejected' });
}
