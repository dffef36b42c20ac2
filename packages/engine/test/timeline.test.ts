import { EVENT_TYPES, type EventType, isDelivered, WEBHOOK_EVENT_TYPES } from '@awe/engine/event';
import { describe, expect, test } from 'vitest';
import { observer, policy, required, role, stage, user } from './policy-words.ts';
import { BEGIN, start } from './scenario.ts';

const BOSSES = role('BOSS');

/** A request to which everything happens that can happen to one that ends well. */
function eventful() {
  const story = start(
    policy([
      stage('skipped', { skip_if: { '==': [1, 1] }, rules: [user('nobody')] }),
      stage('officers', {
        ...{ mode: 'percentage', mode_value: 60, sla_hours: 48, on_breach: 'escalate' },
        rules: [required(user('ann')), user('bob'), user('cyd'), observer(user('olga'))],
        escalation_rules: [BOSSES],
      }),
      stage('board', { rules: [BOSSES] }),
    ]),
    { requester: 'rita', lookups: [[BOSSES, null]] },
  );
  story.person('ann').claims();
  story.admin('root').reassigns('bob', 'zoe', 'on leave');
  story.hoursPass(48);
  story.lookupAnswers(BOSSES, 'eva');
  story.secondsPass(5);
  story.admin('root').approvesFor('ann');
  story.lookupFails(BOSSES);
  story.person('eva').approves();
  story.lookupAnswers(BOSSES, 'eva');
  story.secondsPass(5);
  story.person('eva').approves(3);
  return story;
}

const COMMON = {
  request_id: '00000000-0000-7000-8000-00000000a0de',
  artifact_type: 'deed',
  artifact_id: 'deed-7',
};

describe('the timeline', () => {
  test('tells everything in one order', () => {
    const story = eventful();
    expect(story.types()).toEqual([
      'request_created',
      'stage_skipped',
      'stage_started',
      'task_claimed',
      'task_reassigned',
      'task_expired',
      'task_expired',
      'task_expired',
      'stage_activation_failed',
      'stage_escalated',
      'task_decided',
      'task_decided',
      'stage_completed',
      'stage_activation_failed',
      'stage_started',
      'task_decided',
      'stage_completed',
      'request_approved',
    ]);
    expect(story.events().map((event) => event.sequence)).toEqual(story.events().map((_, i) => i + 1));
  });

  test('repeats request, artifact, status after the event, and stage order in every payload', () => {
    const story = eventful();
    for (const { event_type, payload, request_id } of story.events()) {
      expect(payload).toMatchObject(COMMON);
      expect(request_id).toBe(COMMON.request_id);
      expect(payload).toHaveProperty('stage_order');
      const status = { request_created: 'pending', request_approved: 'approved' }[event_type as string];
      expect(payload.status, event_type).toBe(
        status ?? (event_type === 'stage_skipped' ? 'pending' : 'in_review'),
      );
    }
  });

  test('says in stage_started who was asked, how, and how many are needed', () => {
    expect(eventful().payloads('stage_started')[0]).toEqual({
      ...COMMON,
      status: 'in_review',
      stage_order: 2,
      name: 'officers',
      mode: 'percentage',
      mode_value: 60,
      needed: 2,
      approvers: ['ann', 'bob', 'cyd'],
      observers: ['olga'],
      required_approvers: ['ann'],
    });
  });

  test('says of each event what its own payload has to say', () => {
    const story = eventful();
    const taskOf = (person: string) => story.task(person, 2).id;
    const expected: [EventType, object][] = [
      ['request_created', { requester: 'rita', policy_key: 'land-transfer', policy_version: 3 }],
      ['stage_skipped', { reason: 'skip_if', stage_order: 1 }],
      ['task_claimed', { task_id: taskOf('ann'), actor: 'ann', assignee: 'ann' }],
      ['task_reassigned', { from: 'bob', to: 'zoe', reason: 'on leave', actor: 'root' }],
      ['task_expired', { assignee: 'ann', due_at: '2026-04-22T08:00:00.000Z', task_id: taskOf('ann') }],
      ['stage_escalated', { added: ['eva'], attempt: 2, stage_order: 2 }],
      [
        'task_decided',
        { task_id: taskOf('ann'), actor: 'root', action: 'approve', on_behalf_of: 'ann', late: true },
      ],
      ['stage_completed', { outcome: 'approved', name: 'officers' }],
    ];
    for (const [type, payload] of expected) expect(story.payloads(type)[0], type).toMatchObject(payload);
    const [escalation, activation] = story.payloads('stage_activation_failed');
    expect(escalation).toMatchObject({ phase: 'escalation', reason: 'directory timeout', attempt: 1 });
    expect(activation).toMatchObject({ phase: 'activation', attempt: 1, waiting_stages: [3] });
  });

  test('names who pressed the button, and nobody when it was time', () => {
    const actors = eventful()
      .events()
      .map((event) => [event.event_type, event.actor]);
    expect(actors).toContainEqual(['request_created', 'registry']);
    expect(actors).toContainEqual(['task_decided', 'root']);
    expect(actors).toContainEqual(['task_expired', null]);
    expect(actors).toContainEqual(['stage_escalated', null]);
  });

  test('names who decided last for the approval, and nobody when nobody did', () => {
    const last = (story: ReturnType<typeof start>) => {
      const { event_type, actor } = story.events().at(-1) ?? {};
      return [event_type, actor];
    };
    expect(last(start(policy([])))).toEqual(['request_approved', null]);
    const byPerson = start(policy([stage('s', { rules: [user('ann')] })]));
    byPerson.admin('root').approvesFor('ann');
    expect(last(byPerson)).toEqual(['request_approved', 'root']);

    const slow = { sla_hours: 1, on_breach: 'auto_approve' } as const;
    const byTime = start(policy([stage('s', { ...slow, rules: [user('ann')] })]));
    byTime.hoursPass(1);
    expect(last(byTime)).toEqual(['request_approved', 'sla-monitor']);

    const later = start(
      policy([
        stage('s', { rules: [user('ann')] }),
        stage('t', { skip_if: null, on_empty: 'skip', rules: [BOSSES] }),
      ]),
      { lookups: [[BOSSES, null]] },
    );
    later.person('ann').approves();
    later.lookupAnswers(BOSSES);
    later.secondsPass(5);
    expect(last(later)).toEqual(['request_approved', null]);
  });

  test('counts revisions by commands, not by events', () => {
    const story = start(policy([stage('s', { rules: [user('ann')] })]));
    expect(story.request()).toMatchObject({ revision: 1, sequence: 2 });
    story.person('ann').approves();
    expect(story.request()).toMatchObject({ revision: 2, sequence: 5, updated_at: BEGIN });
  });

  test('sends to webhooks what the specification lists', () => {
    expect([...WEBHOOK_EVENT_TYPES].sort()).toEqual([
      'request_approved',
      'request_cancelled',
      'request_created',
      'request_rejected',
      'stage_completed',
      'stage_started',
      'task_expired',
    ]);
    expect(EVENT_TYPES.filter(isDelivered)).toHaveLength(7);
  });
});
