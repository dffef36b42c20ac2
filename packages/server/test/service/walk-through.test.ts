import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRequestPolicy } from '../../demo/policies.ts';
import { admin, caller, openStand, person, type Stand } from './stand.ts';
import { type Created, type Event, storyOf, type Task } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
});
afterAll(() => stand.close());

describe('the main job, end to end', () => {
  let created: Created;

  it('publishes the two-stage policy', async () => {
    await stand.publish(changeRequestPolicy);
    const listed = await stand.call<{ policy_key: string; status: string; stages: object[] }[]>(
      admin,
      'GET',
      '/policies',
    );
    expect(listed.body).toMatchObject([{ policy_key: changeRequestPolicy.policy_key, status: 'active' }]);
    expect(listed.body[0]?.stages).toHaveLength(2);
  });

  it('creates a request and asks the officers', async () => {
    const answer = await story.create(changeRequestPolicy.policy_key, {
      artifact_type: 'registry.change_request',
      artifact_id: 'cr-42',
      context: { district: 'D1' },
      callback_url: stand.receiver.url,
      requester: 'citizen',
    });
    expect(answer.status).toBe(201);
    created = answer.body;
    expect(created).toMatchObject({ status: 'in_review', current_stage_order: 1 });
    expect(created.tasks.map(({ assignee, status, kind }) => ({ assignee, status, kind }))).toEqual([
      { assignee: 'olga', status: 'open', kind: 'approver' },
      { assignee: 'omar', status: 'open', kind: 'approver' },
    ]);
  });

  it('shows each officer their own task', async () => {
    const mine = await stand.call<Task[]>(person('olga'), 'GET', '/tasks?status=open');
    expect(mine.body.map((task) => task.id)).toEqual([created.tasks[0]?.id]);
  });

  it('moves on when one officer approves, and skips the other', async () => {
    const decision = await story.decide(created.request_id, 'olga', 'approve', { comment: 'in order' });
    expect(decision.status).toBe(201);
    expect(decision.body).toMatchObject({
      actor: 'olga',
      action: 'approve',
      comment: 'in order',
      stage_order: 1,
    });
    expect((await story.taskOf(created.request_id, 'omar')).status).toBe('skipped');
    expect((await story.taskOf(created.request_id, 'dora')).status).toBe('open');
  });

  it('refuses a second decision and leaves no row', async () => {
    const again = await story.decide(created.request_id, 'olga', 'reject');
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ errors: [{ errorCode: 'AWE-007' }], response: null });
    const rows = await stand.sql<{ n: number }>('select count(*)::int as n from approval_decision');
    expect(rows[0]?.n).toBe(1);
  });

  it('is approved by the director', async () => {
    await story.decide(created.request_id, 'dora', 'approve');
    const request = await stand.call(caller, 'GET', `/requests/${created.request_id}`);
    expect(request.body).toMatchObject({
      status: 'approved',
      current_stage_order: 2,
      context: { district: 'D1' },
    });
    expect(request.body.completed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('tells the whole story in the timeline', async () => {
    const events = await story.timeline(created.request_id);
    expect(
      events.map((each: Event) => [each.event_type, each.payload.stage_order, each.payload.status]),
    ).toEqual([
      ['request_created', null, 'pending'],
      ['stage_started', 1, 'in_review'],
      ['task_decided', 1, 'in_review'],
      ['stage_completed', 1, 'in_review'],
      ['stage_started', 2, 'in_review'],
      ['task_decided', 2, 'in_review'],
      ['stage_completed', 2, 'in_review'],
      ['request_approved', 2, 'approved'],
    ]);
    expect(events[1]?.payload).toMatchObject({
      name: 'District officers',
      mode: 'any-n',
      mode_value: 1,
      needed: 1,
      approvers: ['olga', 'omar'],
      observers: [],
      required_approvers: [],
    });
  });

  it('tells the owner by signed webhooks, in order', async () => {
    await stand.receiver.expect((each) => each.event_type === 'request_approved');
    const deliveries = await stand.sql<{ event_type: string; status: string; sequence: number }>(
      'select event_type, sequence from webhook_delivery order by sequence',
    );
    expect(deliveries.map(({ event_type, sequence }) => [sequence, event_type])).toEqual([
      [1, 'request_created'],
      [2, 'stage_started'],
      [4, 'stage_completed'],
      [5, 'stage_started'],
      [7, 'stage_completed'],
      [8, 'request_approved'],
    ]);
    for (const { sequence } of deliveries) {
      const webhook = await stand.receiver.expect((each) => each.sequence === sequence);
      expect(webhook.genuine).toBe(true);
    }
  });
});
