import type { EventType } from '@awe/engine/event';
import type { JsonObject } from '@awe/engine/policy';
import { projection, replay, type ToldEvent } from '@awe/engine/replay';
import { describe, expect, test } from 'vitest';
import { observer, policy, role, stage, user } from './policy-words.ts';
import { BEGIN, start } from './scenario.ts';

type Told = [type: EventType, payload: JsonObject, status?: string];

/** A timeline in short: stage 1 and in_review unless the line says otherwise. */
function timeline(...lines: Told[]): ToldEvent[] {
  return lines.map(([event_type, payload, status], i) => ({
    sequence: i + 1,
    event_type,
    payload: { stage_order: 1, status: status ?? 'in_review', ...payload },
    created_at: BEGIN,
  }));
}

const CREATED: Told = ['request_created', {}, 'pending'];
const STARTED: Told = ['stage_started', { needed: 1, approvers: ['ann', 'bob'], observers: ['olga'] }];
const decided = (assignee: string): Told => ['task_decided', { assignee, action: 'approve' }];

describe('replay', () => {
  test('implies the state that the engine has', () => {
    const story = start(
      policy([
        stage('s', {
          mode: 'any-n',
          sla_hours: 1,
          rules: [user('ann'), user('bob'), observer(user('olga'))],
        }),
      ]),
    );
    story.hoursPass(1);
    story.admin().reassigns('bob', 'zoe');
    story.person('zoe').claims();
    const shape = replay(story.events());
    expect(shape).toEqual(projection(story.approval()));
    expect(shape).toMatchObject({
      status: 'in_review',
      current_stage_order: 1,
      sequence: 6,
      completed_at: null,
    });
    const [[order, one] = []] = shape.stages;
    expect([order, one?.status, one?.needed]).toEqual([1, 'open', 1]);
    expect([...(one?.seats ?? [])].map(([person, seat]) => [person, seat.status])).toEqual([
      ['ann', 'expired'],
      ['bob', 'reassigned'],
      ['olga', 'open'],
      ['zoe', 'claimed'],
    ]);
  });

  test('knows a stage that was blocked before it opened', () => {
    const story = start(policy([stage('s', { rules: [role('X')] })]), { lookups: [[role('X'), []]] });
    expect(replay(story.events())).toEqual(projection(story.approval()));
    expect(replay(story.events()).stages.get(1)?.status).toBe('rejected');
  });

  const IMPOSSIBLE: [string, ToldEvent[], RegExp][] = [
    [
      'a gap in the sequence',
      timeline(CREATED, STARTED, STARTED).toSpliced(1, 1),
      /at event 3 .*follows event 1/,
    ],
    [
      'an event that is told twice',
      [...timeline(CREATED), ...timeline(CREATED)],
      /at event 1 .*follows event 1/,
    ],
    ['no beginning', timeline(STARTED), /starts with its one request_created/],
    ['two beginnings', timeline(CREATED, CREATED), /at event 2 .*starts with its one/],
    [
      'an event after the end',
      timeline(CREATED, ['request_cancelled', {}, 'cancelled'], STARTED),
      /at event 3 \(stage_started\): comes after the request was cancelled/,
    ],
    [
      'a second vote',
      timeline(CREATED, STARTED, decided('ann'), decided('ann')),
      /ann has decided on stage 1 already/,
    ],
    ['a vote without a seat', timeline(CREATED, STARTED, decided('eve')), /eve has no seat on stage 1/],
    ['a vote before the stage', timeline(CREATED, decided('ann')), /stage 1 is waiting, not open/],
    [
      'a vote that is none',
      timeline(CREATED, STARTED, ['task_decided', { assignee: 'ann', action: 'maybe' }]),
      /ann decided "maybe"/,
    ],
    [
      'a claim of a task that is over',
      timeline(
        CREATED,
        STARTED,
        ['task_expired', { assignee: 'ann' }],
        ['task_claimed', { assignee: 'ann' }],
      ),
      /the task of ann is expired/,
    ],
    [
      'a second seat for one person',
      timeline(CREATED, STARTED, ['task_reassigned', { from: 'ann', to: 'bob' }]),
      /bob has a seat on this stage already/,
    ],
    [
      'a stage that starts twice',
      timeline(CREATED, STARTED, STARTED),
      /a stage that is open cannot be opened/,
    ],
    [
      'an approval over an open stage',
      timeline(CREATED, STARTED, ['request_approved', {}, 'approved']),
      /stage 1 is open/,
    ],
    [
      'a status that contradicts',
      timeline(CREATED, [STARTED[0], STARTED[1], 'approved']),
      /is approved, after/,
    ],
    [
      'an end that denies itself',
      timeline(CREATED, ['request_cancelled', {}, 'in_review']),
      /says the request is in_review, but it is cancelled/,
    ],
    ['a payload without its number', timeline(CREATED, ['stage_started', {}]), /no number needed/],
    ['a payload without its text', timeline(CREATED, STARTED, ['task_claimed', {}]), /no text assignee/],
    [
      'a payload without its list',
      timeline(CREATED, ['stage_started', { needed: 1, approvers: 'ann' }]),
      /no list approvers/,
    ],
  ];
  test.each(IMPOSSIBLE)('refuses %s', (_, events, message) => {
    expect(() => replay(events)).toThrow(message);
    expect(() => replay(events)).toThrow(/^impossible timeline at event \d+ \(/);
  });

  test('refuses to project a task of a stage that was not reached', () => {
    const story = start(policy([stage('s', { rules: [user('ann')] })]));
    const { request, tasks } = story.approval();
    expect(() => projection({ request, tasks, stages: [] })).toThrow(
      /belongs to stage 1, which was not reached/,
    );
  });
});
