import { type Approval, isEnded, isPending, SLA_MONITOR, type Task } from '@awe/engine/approval';
import type { Command } from '@awe/engine/command';
import { hoursAfter, type Instant } from '@awe/engine/instant';
import { type Answer, NOBODY_ASKED } from '@awe/engine/people';
import type { Policy } from '@awe/engine/policy';
import { orLeftOut } from '@awe/server/import/left-out';
import { takePolicies } from '@awe/server/import/policies';
import { proveOpen } from '@awe/server/import/prove-open';
import { rebuild } from '@awe/server/import/rebuild';
import { readCase } from '@awe/server/import/source-case';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policy, required, stage, user } from '../../../engine/test/policy-words.ts';
import type { Flavour } from '../../../engine/test/random-policies.ts';
import { anyStory, type RandomStory } from '../../../engine/test/random-stories.ts';
import { type Habits, type Played, policyRows, requestRows, withUuids } from './played-source.ts';
import { ADMIN, begin, carryOut, pass, type Surroundings, seatAt, taken } from './playing.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2_147_483_647);
console.info(`imports are played with AWE_SEED=${SEED}; set it to play the same ones again`);

const BEGIN: Instant = '2026-04-20T08:00:00.000Z';
const LATE: Flavour = { sla: 12, parallel: 3, strict: true, lookups: 2 };
/** Some two seconds. More find more, where somebody has the time: AWE_STORIES=20000. */
const STORIES = Number(process.env.AWE_STORIES ?? 1_000);

/** What decides about a request that goes on: who is asked, who must sign, how many, and what was said. */
function seen({ request, stages, tasks }: Approval) {
  const open = new Set(stages.filter(({ status }) => status === 'open').map(({ stage_id }) => stage_id));
  const asked = tasks.filter((task) => task.status !== 'reassigned');
  return {
    status: request.status,
    stages: stages.map(({ stage_order, status, needed, asked, escalation }) =>
      status === 'open' ? { stage_order, status, needed, asked, escalation } : { stage_order, status },
    ),
    seats: asked
      .filter((task) => open.has(task.stage_id))
      .map(({ stage_order, assignee, kind, required, status, action, decided_by, due_at }) =>
        JSON.stringify([stage_order, assignee, kind, required, status, action, decided_by, due_at]),
      )
      .sort(),
    votes: votesOf(tasks),
  };
}

/** What is to be read of one that has ended: in whose place the monitor voted is nobody's vote. */
function ending({ request, tasks }: Approval) {
  return { status: request.status, completed_at: request.completed_at, votes: votesOf(tasks) };
}

function votesOf(tasks: readonly Task[]): string[] {
  return tasks
    .filter((task) => task.action !== null && task.decided_by !== SLA_MONITOR)
    .map(({ stage_order, assignee, action, decided_by }) =>
      [stage_order, assignee, action, decided_by].join(' '),
    )
    .sort();
}

function expectSame(here: Approval, there: Approval): void {
  const look = isEnded(there.request.status) ? ending : seen;
  expect(look(here)).toEqual(look(there));
}

/** The same request as an import would write it, or why it leaves it out. */
function imported(played: Played, policy: Policy, habits: Habits, now: Instant) {
  const { taken } = takePolicies(policyRows(policy, BEGIN));
  const [version] = taken;
  if (!version || version.faults.length > 0) throw new Error('a policy that ran is not taken over');
  return orLeftOut((): Played => {
    const source = readCase(requestRows(played, habits), 'fingerprint');
    const rebuilt = rebuild(source, version.policy, null);
    if (!isEnded(source.status))
      proveOpen(source, version.policy, rebuilt, {
        policy: version.policy,
        people: NOBODY_ASKED,
        now,
        newId: () => '',
      });
    const { request, stages, tasks, decisions, events } = rebuilt.line;
    return { approval: { request, stages, tasks }, decisions, events };
  });
}

type Tally = { open: number; ended: number; left: Set<string> };

/** Plays a story, moves it over before the step `cut`, and takes the rest of the steps on both sides. */
function moveOver(story: RandomStory, cut: number, habits: Habits, tally: Tally): void {
  const { requester, context, found, away } = story;
  const policy = withUuids(story.policy);
  const answers: Answer[] = found.map(({ users }) => ({ ok: true, users }));
  const around: Surroundings = { policy, now: BEGIN, found: answers, away: new Map(away) };
  let there = begin({ requester, context }, around);
  if (!there) return;
  let here: Played | null = null;
  for (const [index, step] of story.steps.entries()) {
    if (index === cut) {
      const result = imported(there, policy, habits, around.now);
      if (!result.ok) {
        tally.left.add(result.reason.replace(/^(.*: )?.* (must|is|was) /, '$2 '));
        return;
      }
      here = result.value;
      tally[isEnded(there.approval.request.status) ? 'ended' : 'open'] += 1;
      expectSame(here.approval, there.approval);
    }
    pass(step, around);
    const seat = 'task' in step ? seatAt(there, step.task) : undefined;
    there = taken(there, step, seat, around);
    if (!here) continue;
    here = taken(here, step, seat, around);
    expectSame(here.approval, there.approval);
  }
}

const habits = fc.record<Habits>({
  tellsRequired: fc.boolean(),
  reassignsInPlace: fc.boolean(),
  records: fc.constantFrom('all', 'stages', 'none'),
});

it('what goes on here goes on as it would have there; the rest is left out', () => {
  const tally: Tally = { open: 0, ended: 0, left: new Set() };
  fc.assert(
    fc.property(anyStory(LATE), fc.integer({ min: 0, max: 8 }), habits, (story, cut, kept) =>
      moveOver(story, cut, kept, tally),
    ),
    { seed: SEED, numRuns: STORIES },
  );
  // A property that never gets there cannot fail.
  expect(tally.open).toBeGreaterThan(STORIES / 10);
  expect(tally.ended).toBeGreaterThan(STORIES / 10);
  expect(tally.left.size).toBeGreaterThan(5);
});

describe('a stage that somebody must sign', () => {
  const signed = withUuids(
    policy([stage('one', { rules: [required(user('dora')), user('will'), user('omar')] })]),
  );
  const around: Surroundings = { policy: signed, now: BEGIN, found: [], away: new Map() };
  const kept: Habits = { tellsRequired: false, reassignsInPlace: true, records: 'all' };

  const given = (played: Played, from: string, to: string, hour: number) => {
    const task_id = played.approval.tasks.find((task) => isPending(task) && task.assignee === from)?.id ?? '';
    const command: Command = { type: 'reassign', task_id, by: ADMIN, new_assignee: to, reason: null };
    return carryOut(played, command, { ...around, now: hoursAfter(BEGIN, hour) }) as Played;
  };

  it('is left out when two seats went from hand to hand, and who must sign could be either', () => {
    let played = begin({}, around) as Played;
    played = given(played, 'dora', 'yves', 1);
    played = given(played, 'yves', 'zoe', 2);
    played = given(played, 'will', 'dora', 3);
    played = given(played, 'dora', 'vic', 4);
    expect(imported(played, signed, kept, BEGIN)).toEqual({
      ok: false,
      reason:
        'which seats of stage 1 are required cannot be known: a role, a group or a resolver named them, or several seats were given away',
    });
    const told = imported(played, signed, { ...kept, reassignsInPlace: false }, BEGIN);
    const marked = told.ok ? told.value.approval.tasks.filter((task) => task.required) : [];
    expect(marked.map((task) => `${task.assignee} ${task.status}`)).toEqual([
      'dora reassigned',
      'yves reassigned',
      'zoe open',
    ]);
  });

  it('is left out when their task says that they need not', () => {
    const played = begin({}, around) as Played;
    const tasks = played.approval.tasks.map((task) => ({ ...task, required: false }));
    const careless = { ...played, approval: { ...played.approval, tasks } };
    expect(imported(careless, signed, { ...kept, tellsRequired: true }, BEGIN)).toEqual({
      ok: false,
      reason: 'dora must sign stage 1 as its rules say, and need not as the task says',
    });
  });

  it('is left out when an escalation may be behind it of which nothing is known', () => {
    const escalating = withUuids(
      policy([
        stage('one', {
          sla_hours: 1,
          on_breach: 'escalate',
          rules: [user('ann')],
          escalation_rules: [user('ann')],
        }),
      ]),
    );
    const late: Surroundings = { ...around, policy: escalating, now: hoursAfter(BEGIN, 2) };
    const begun = begin({}, { ...late, now: BEGIN }) as Played;
    const breached = carryOut(begun, { type: 'tick', force: false }, late) as Played;
    const task_id = breached.approval.tasks[0]?.id ?? '';
    const command: Command = { type: 'reassign', task_id, by: ADMIN, new_assignee: 'bob', reason: null };
    const played = carryOut(breached, command, late) as Played;
    expect(imported(played, escalating, { ...kept, records: 'none' }, late.now)).toEqual({
      ok: false,
      reason:
        'everybody asked at stage 1 may have been past due, and whether escalate has happened cannot be known',
    });
  });
});
